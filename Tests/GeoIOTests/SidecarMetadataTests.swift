import Foundation
import TestSupport
import Testing

@testable import GeoIO

@Suite("Metadata beside a file") struct SidecarMetadataTests {
  private static func origin(_ xml: String) -> StatedOrigin? {
    SidecarMetadata(xml: xml).map { StatedOrigin(metadata: $0.members) }
  }

  /// After the elements of FGDC-STD-001-1998.
  private static let fgdc = """
    <?xml version="1.0"?><!DOCTYPE metadata SYSTEM "http://example.org/fgdc.dtd">
    <metadata><idinfo><citation><citeinfo><origin>Survey of Parks</origin><title>Parks of the
     region</title><onlink>https://example.org/parks</onlink></citeinfo></citation>
    <timeperd><timeinfo><rngdates><begdate>2018</begdate><enddate>201906</enddate></rngdates></timeinfo></timeperd>
    <accconst>none</accconst><useconst>Public domain</useconst></idinfo></metadata>
    """

  /// As ArcGIS writes it: limits of use are HTML.
  private static let arcGIS = """
    <metadata xml:lang="en"><Esri><CreaDate>20200101</CreaDate></Esri><dataIdInfo><idCitation>
    <resTitle>Reserves</resTitle></idCitation><idCredit>Ministry of Nature</idCredit><resConst><Consts>
    <useLimit>&lt;DIV STYLE="text-align:Left;"&gt;&lt;P&gt;&lt;SPAN&gt;CC BY 4.0 &amp;amp; as it
    is&lt;/SPAN&gt;&lt;/P&gt;&lt;/DIV&gt;</useLimit></Consts></resConst></dataIdInfo></metadata>
    """

  /// ISO/TS 19139, with the limits that INSPIRE asks for beside the licence.
  private static let iso19139 = """
    <gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco"
     xmlns:gml="http://www.opengis.net/gml" xmlns:gmx="http://www.isotc211.org/2005/gmx">
    <gmd:contact><gmd:CI_ResponsibleParty><gmd:organisationName><gco:CharacterString>not this</gco:CharacterString>
    </gmd:organisationName></gmd:CI_ResponsibleParty></gmd:contact>
    <gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation><gmd:title>
    <gco:CharacterString>Land cover 2020</gco:CharacterString></gmd:title></gmd:CI_Citation></gmd:citation>
    <gmd:pointOfContact><gmd:CI_ResponsibleParty><gmd:organisationName><gco:CharacterString>Agency of Maps
    </gco:CharacterString></gmd:organisationName></gmd:CI_ResponsibleParty></gmd:pointOfContact>
    <gmd:resourceConstraints><gmd:MD_LegalConstraints><gmd:useLimitation><gco:CharacterString>Not for navigation
    </gco:CharacterString></gmd:useLimitation><gmd:otherConstraints><gmx:Anchor>No limitations to public access
    </gmx:Anchor></gmd:otherConstraints></gmd:MD_LegalConstraints></gmd:resourceConstraints>
    <gmd:resourceConstraints><gmd:MD_LegalConstraints><gmd:otherConstraints><gmx:Anchor>Creative Commons Attribution 4.0
    </gmx:Anchor></gmd:otherConstraints></gmd:MD_LegalConstraints></gmd:resourceConstraints>
    <gmd:extent><gmd:EX_Extent><gmd:temporalElement><gmd:EX_TemporalExtent><gmd:extent><gml:TimePeriod>
    <gml:beginPosition>2020-01-01T00:00:00</gml:beginPosition><gml:endPosition>2020-12-31</gml:endPosition>
    </gml:TimePeriod></gmd:extent></gmd:EX_TemporalExtent></gmd:temporalElement></gmd:EX_Extent></gmd:extent>
    </gmd:MD_DataIdentification></gmd:identificationInfo></gmd:MD_Metadata>
    """

  private static let iso19115 = """
    <mdb:MD_Metadata><mdb:identificationInfo><mri:MD_DataIdentification><mri:citation><cit:CI_Citation><cit:title>
    <gco:CharacterString>Forests</gco:CharacterString></cit:title><cit:citedResponsibleParty><cit:CI_Responsibility>
    <cit:party><cit:CI_Organisation><cit:name><gco:CharacterString>Institute</gco:CharacterString></cit:name>
    </cit:CI_Organisation></cit:party></cit:CI_Responsibility></cit:citedResponsibleParty></cit:CI_Citation>
    </mri:citation></mri:MD_DataIdentification></mdb:identificationInfo></mdb:MD_Metadata>
    """

  private static let qgis = """
    <!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
    <qgis version="3.22"><title>Cores</title><license>ODbL 1.0</license><rights>© Somebody</rights>
    <contact><organization>not this</organization></contact></qgis>
    """

  @Test(
    "title, makers, licence, address and time are read of each kind",
    arguments: [
      (fgdc, "Parks of the region", "Survey of Parks", "Public domain", "2018-01-01/2019-06-30"),
      (arcGIS, "Reserves", "Ministry of Nature", "CC BY 4.0 & as it is", ""),
      (iso19139, "Land cover 2020", "Agency of Maps", "Creative Commons Attribution 4.0", "2020"),
      (iso19115, "Forests", "Institute", "", ""), (qgis, "Cores", "© Somebody", "ODbL 1.0", ""),
    ])
  func kinds(
    xml: String, title: String, attribution: String, licence: String, date: String
  ) throws {
    let origin = try #require(Self.origin(xml))
    #expect(origin.title == title && origin.attribution == attribution)
    #expect(origin.licence == licence && origin.date == date)
    #expect(origin.url == (xml == Self.fgdc ? "https://example.org/parks" : ""))
  }

  @Test(
    "what is no metadata, is damaged or meant to harm says nothing",
    arguments: [
      "", "parks", "<kml><title>x</title></kml>", "<metadata><title>x",
      "<metadata>\0<title>x</title></metadata>",
      String(repeating: "<metadata>", count: 200_000),
      "<metadata><title>" + String(repeating: "x", count: SidecarMetadata.mostBytes)
        + "</title></metadata>",
    ])
  func refused(xml: String) { #expect(Self.origin(xml)?.isEmpty != false) }

  @Test("entities grow into nothing, and files that they name are not read") func entities() {
    let bomb =
      "<!DOCTYPE m [<!ENTITY a \"\(String(repeating: "z", count: 1000))\"><!ENTITY b \"&a;&a;&a;&a;\">"
      + "<!ENTITY f SYSTEM \"file:///etc/passwd\">]><metadata><title>&b;&f;</title></metadata>"
    let title = Self.origin(bomb)?.title ?? ""
    #expect(!title.contains("zz") && !title.contains("root"))
  }

  @Test("paths of somebody's machine, and long texts, do not get through") func bounded() throws {
    let long = String(repeating: "word ", count: 1000)
    let origin = try #require(
      Self.origin(
        "<qgis><title>C:\\Users\\ivan\\parks.shp</title><license>\(long)</license></qgis>"))
    #expect(origin.title.isEmpty && origin.licence.count == StatedOrigin.longestText)
  }

  @Test(
    "it is looked for by the file's name, and completes what the file says",
    arguments: ["p.geojson.xml", "p.xml", "p.qmd"])
  func beside(name: String) throws {
    try TemporaryFolder.with { folder in
      let square =
        "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}"
      let path = try folder.write(
        "{\"type\":\"FeatureCollection\",\"copyright\":\"© Own\",\"features\":[{\"type\":\"Feature\","
          + "\"properties\":{},\"geometry\":\(square)}]}", to: "p.geojson")
      #expect(try PolygonLayer(reading: path, .init()).origin.attribution == "© Own")
      try folder.write(Self.qgis, to: name)
      try folder.write(Self.fgdc, to: "other.xml")
      let origin = try PolygonLayer(reading: path, .init()).origin
      #expect(origin.attribution == "© Own")
      #expect(origin.title == "Cores" && origin.licence == "ODbL 1.0")
    }
  }
}

@Suite("Texts beside the features of GeoJSON") struct GeoJSONMembersTests {
  private static func texts(_ text: String) -> [String: String] {
    GeoJSONMembers(head: Array(text.utf8)).texts
  }

  @Test("the head of an export of Overpass names its source") func overpass() {
    let text = """
      {
        "type": "FeatureCollection",
        "generator": "overpass-turbo",
        "copyright": "The data included in this document is from www.openstreetmap.org. \\"ODbL\\".",
        "timestamp": "2024-05-01T00:00:00Z",
        "features": [ { "properties": { "copyright": "not this" } } ], "licence": "behind them"
      }
      """
    #expect(
      Self.texts(text) == [
        "type": "FeatureCollection", "generator": "overpass-turbo",
        "copyright": "The data included in this document is from www.openstreetmap.org. \"ODbL\".",
        "timestamp": "2024-05-01T00:00:00Z",
      ])
  }

  @Test("what is no text is passed over, whatever it holds") func others() {
    #expect(
      Self.texts(
        "\u{FEFF}{\"crs\":{\"a\":[\"]}\\\"\",{}]},\"n\":-1.5e3,\"b\":null,\"title\":\"T\"}")
        == ["title": "T"])
  }

  @Test(
    "a head that ends anywhere, or is no JSON, does no harm",
    arguments: [
      "", "{", "[", "{\"a\"", "{\"a\":", "{\"a\":\"", "{\"a\":\"\\", "{\"a\":{\"b\"", "{\"a\":}",
      "}", "{,",
      "{\"a\":]]]]", "\u{0}\u{1}", String(repeating: "{\"a\":", count: 10_000),
      "{\"a\":" + String(repeating: "[", count: 60_000),
    ])
  func broken(text: String) { #expect(Self.texts(text).isEmpty) }
}
