import GeoIO
import Testing

@Suite("What files say of their origin") struct StatedOriginTests {
  /// As gdalinfo 3.6.2 prints ESA_WorldCover_10m_2021_v200_N00E006_Map.tif.
  @Test("a tile of WorldCover names its makers, licence and year") func worldCover() {
    let origin = StatedOrigin(metadata: [
      "copyright":
        "ESA WorldCover project 2021 / Contains modified Copernicus Sentinel data (2021) processed by "
        + "ESA WorldCover consortium",
      "license": "CC-BY 4.0 - https://creativecommons.org/licenses/by/4.0/",
      "reference": "https://esa-worldcover.org", "legend": "10  Tree cover\n20  Shrubland",
      "title": "ESA WorldCover product at 10m resolution for year 2021",
      "time_start": "2021-01-01T00:00:00Z", "time_end": "2021-12-31T23:59:59Z",
      "AREA_OR_POINT": "Area",
    ])
    #expect(origin.title == "ESA WorldCover product at 10m resolution for year 2021")
    #expect(origin.attribution.hasPrefix("ESA WorldCover project 2021 / Contains"))
    #expect(origin.licence == "CC-BY 4.0 - https://creativecommons.org/licenses/by/4.0/")
    #expect(origin.url == "https://esa-worldcover.org" && origin.date == "2021")
  }

  @Test("tags of TIFF and attributes of NetCDF count, those of a variable do not") func kinds() {
    let tags = StatedOrigin(metadata: [
      "TIFFTAG_COPYRIGHT": "© Survey", "TIFFTAG_IMAGEDESCRIPTION": "Land cover 2019",
      "TIFFTAG_SOFTWARE": "X",
    ])
    #expect(tags.attribution == "© Survey" && tags.description == "Land cover 2019")
    #expect(tags.title.isEmpty && tags.date.isEmpty)
    let netCDF = StatedOrigin(metadata: [
      "NC_GLOBAL#title": "Grid", "NC_GLOBAL#institution": "GEBCO", "NC_GLOBAL#license": "free",
      "NC_GLOBAL#references": "DOI: 10.5285/f98b; see https://www.gebco.net, and more",
      "NC_GLOBAL#time_coverage_start": "2015-06-01", "NC_GLOBAL#time_coverage_end": "2018-05-31",
      "elevation#title": "not this",
    ])
    #expect(netCDF.title == "Grid" && netCDF.attribution == "GEBCO" && netCDF.licence == "free")
    #expect(netCDF.url == "https://www.gebco.net" && netCDF.date == "2015-06-01/2018-05-31")
  }

  @Test(
    "what is no text for people, or tells of somebody's machine, is left out",
    arguments: [
      "{\"aerosol\": 1}", "<xml/>", "[1]", "", " \n ", "C:\\Users\\ivan\\lc.tif",
      "made of /home/ivan/lc.tif",
    ])
  func leftOut(text: String) {
    let origin = StatedOrigin(metadata: [
      "title": text, "TIFFTAG_IMAGEDESCRIPTION": text, "copyright": text, "license": text,
    ])
    #expect(origin.isEmpty)
  }

  @Test("texts are of one line, of bounded length and without what steers a terminal") func plain()
  {
    let origin = StatedOrigin(metadata: [
      "title": " A\n\tB \u{1B}[31mred\u{202E} ", "license": String(repeating: "x ", count: 2000),
      "time_start": "today",
    ])
    #expect(origin.title == "A B [31mred")
    #expect(origin.licence.count == StatedOrigin.longestText && origin.licence.hasSuffix("…"))
    #expect(origin.date.isEmpty)
  }
}
