import Foundation
import RasterCore
import Testing

@testable import Reporting

@Suite("Map pages") struct MapPageTests {
  private static func page(
    view: Extent, species: String = "Amur leopard",
    cautions: [String] = [], notes: [String] = ["CRS: EPSG:32652"], sources: [String] = [],
    language: Wording.Language = .english
  ) -> MapPage {
    let middle = view.minX + view.width / 2
    let map = ReportMap(
      width: 10_000, height: 10_000, columns: 100, rows: 100, bounds: view, view: view,
      pictures: [],
      outlines: [
        .init(
          anchor: "park-1", name: "Land of the Leopard",
          shape: PolygonShape(rings: [view.corners]), label: Point(x: middle, y: view.minY),
          ground: .init(metresPerUnit: 20, north: 0))
      ], slack: 1,
      graticule: [
        .init(
          isMeridian: true, minutes: 131 * 60, level: 0,
          points: [Point(x: middle, y: -1e5), Point(x: middle, y: 1e5)])
      ], lattice: .init(box: view, columns: 0, rows: 0, places: [], decimals: 4),
      ground: .init(metresPerUnit: 20, north: 0)
    )
    return MapPage(
      map, species: species, landscape: "Demo", cautions: cautions, notes: notes,
      sources: sources, wording: Wording(language))
  }

  @Test(
    "the map is as large as it goes, undistorted and within the page",
    arguments: [
      Extent(minX: 0, minY: 0, maxX: 10_000, maxY: 9000),
      Extent(minX: 500, minY: 700, maxX: 2500, maxY: 1700),
      Extent(minX: 0, minY: 0, maxX: 4000, maxY: 10_000),
    ], ["", "Synthetic demonstration. " + String(repeating: "Words and words. ", count: 30)])
  func layout(view: Extent, caution: String) {
    let page = Self.page(view: view, cautions: [caution])
    let frame = page.frame
    #expect(Set([page.width, page.height]) == [595, 842])
    let inner = Extent(
      minX: 36, minY: 36, maxX: Double(page.width) - 36, maxY: Double(page.height) - 36)
    #expect(inner.expanded(byX: 1e-6, y: 1e-6).contains(frame))
    #expect(abs(frame.width / frame.height - view.width / view.height) < 1e-9)
    // Corners to corners, with y turned over.
    let northWest = page.point(of: Point(x: view.minX, y: view.minY))
    let southEast = page.point(of: Point(x: view.maxX, y: view.maxY))
    #expect(abs(northWest.x - frame.minX) < 1e-9 && abs(northWest.y - frame.maxY) < 1e-9)
    #expect(abs(southEast.x - frame.maxX) < 1e-9 && abs(southEast.y - frame.minY) < 1e-9)
    // The legend and the facts do not lie on the map.
    for place in [page.layout.legend, page.layout.facts] {
      #expect(place.x > frame.maxX || place.y < frame.minY)
      #expect(place.x + MapPageLayout.panelWidth <= inner.maxX + 1e-6 && place.y > 36)
    }
  }

  @Test(
    "small print about the data stands at the foot of the page and touches nothing",
    arguments: [
      Extent(minX: 0, minY: 0, maxX: 10_000, maxY: 9000),
      Extent(minX: 500, minY: 700, maxX: 2500, maxY: 1700),
      Extent(minX: 0, minY: 0, maxX: 4000, maxY: 10_000),
    ],
    [
      [], ["Land cover: © ESA WorldCover project 2021"],
      Array(repeating: "Elevation: " + String(repeating: "DLR and Airbus ", count: 40), count: 9),
      ["https://example.org/" + String(repeating: "x", count: 900)],
      [String(repeating: "土地覆盖数据来自欧洲空间局", count: 60)],
    ])
  func sources(view: Extent, sources: [String]) {
    let notes = Array(
      repeating: "A note that is longer than one line of the panel has room for", count: 8)
    let page = Self.page(view: view, notes: notes, sources: sources)
    let layout = page.layout
    #expect(layout.sourceLines.isEmpty == sources.isEmpty && layout.sourceLines.count <= 12)
    let bottom =
      layout.sourcesTop - 4 - Double(layout.sourceLines.count) * MapPageLayout.sourceStep
    #expect(bottom >= 36 - 4 && layout.sourcesTop <= page.frame.minY + 1e-9)
    for line in layout.sourceLines {
      let width = PDFDrawing.width(of: line, size: MapPageLayout.sourceSize)
      #expect(width <= Double(page.width) - 72)
    }
    // The notes end above it, and so does the legend: a heading and seven entries.
    let notesEnd =
      layout.facts.y - MapPageLayout.notesDrop - Double(layout.noteLines.count)
      * MapPageLayout.noteStep
    #expect(notesEnd >= layout.sourcesTop - 1)
    #expect(layout.legend.y - 7 * 17 >= layout.sourcesTop)
    // What is left out is said to be elsewhere.
    if layout.sourceLines.count == 12 {
      #expect(layout.sourceLines.last?.contains("report.html") == true)
    }
  }

  @Test("the rims of outlines have round corners: sharp ones reach far from a jagged coast")
  func rims() {
    let page = Self.page(view: Extent(minX: 0, minY: 0, maxX: 100, maxY: 80))
    #expect(page.halos.file.contains(" W n\n1 j\n3.52 w 1 1 1 RG\n"))
  }

  @Test("what has no data is drawn on the map as in the legend") func nodata() {
    let page = Self.page(view: Extent(minX: 0, minY: 0, maxX: 100, maxY: 80))
    // A grey ground, and a grey line upon it. The pace is 6 points: of the legend's 20 by 11 lines of x − y
    // from −11 to 20 within it there are 5 or 6, more at its corners.
    for drawing in [page.ground, page.furniture] {
      #expect(drawing.file.contains("0.957 0.957 0.957 rg"))
      #expect(drawing.file.contains("0.6 w 0.769 0.769 0.769 RG"))
    }
  }

  @Test("the page of a park shows its neighbours, thinner and with their names") func neighbours() {
    let view = Extent(minX: 0, minY: 0, maxX: 100, maxY: 80)
    func outline(_ name: String, _ box: Extent) -> ReportMap.Outline {
      .init(
        anchor: name, name: name, shape: PolygonShape(rings: [box.corners]),
        label: Point(x: box.minX + 10, y: 40), ground: .init(metresPerUnit: 20, north: 0))
    }
    let own = outline("Own", Extent(minX: 40, minY: 20, maxX: 60, maxY: 60))
    let other = outline("Neighbour", Extent(minX: 60, minY: 20, maxX: 90, maxY: 60))
    func page(_ neighbours: [ReportMap.Outline]) -> MapPage {
      MapPage(
        ReportMap(
          width: 100, height: 80, columns: 100, rows: 80, bounds: view, view: view, pictures: [],
          outlines: [own], neighbours: neighbours, slack: 1, graticule: [],
          lattice: .init(box: view, columns: 0, rows: 0, places: [], decimals: 4),
          ground: .init(metresPerUnit: 20, north: 0)),
        species: "Cat", park: "Own", landscape: "Demo", cautions: [], notes: [], sources: [],
        wording: Wording(.english))
    }
    let (alone, both) = (page([]), page([other]))
    // A dark line of a point on a light one of 2.2 times that, under the rim of the park's own.
    #expect(both.halos.file.contains("2.2 w 1 1 1 RG") && both.halos.file.contains("\n1 w 0.102"))
    #expect(!alone.halos.file.contains("2.2 w"))
    func texts(_ page: MapPage) -> Int { page.names.file.components(separatedBy: " Tj").count - 1 }
    // Each text is drawn with its rim.
    #expect(texts(alone) == 2 && texts(both) == 4)
  }

  @Test("a wide map lies, a high one stands")
  func orientation() {
    let wide = Self.page(view: Extent(minX: 0, minY: 0, maxX: 10_000, maxY: 7000))
    let high = Self.page(view: Extent(minX: 0, minY: 0, maxX: 4000, maxY: 6000))
    #expect(wide.width == 842 && high.width == 595)
  }

  @Test(
    "title, legend, names and labels are on the page, in every language",
    arguments: Wording.Language.allCases)
  func texts(language: Wording.Language) {
    let wording = Wording(language)
    let page = Self.page(
      view: Extent(minX: 0, minY: 0, maxX: 100, maxY: 80), cautions: ["Caution"],
      language: language)
    func shows(_ text: String, _ drawing: PDFDrawing, isBold: Bool = false) -> Bool {
      var sample = PDFDrawing(width: 1, height: 1)
      sample.text(text, at: Point(x: 0, y: 0), size: 9, isBold: isBold)
      let codes = sample.file.matches(of: /<([0-9A-F]+)> Tj/).map { String($0.1) }
      return codes.allSatisfy { drawing.file.contains("<\($0)> Tj") }
    }
    for suitability in SuitabilityClass.allCases {
      #expect(shows(wording["class.\(suitability.key)"], page.furniture))
    }
    let meridian = wording.sentence("map.east", ["angle": "131°"])
    for text in ["Demo", "Caution", meridian, "CRS: EPSG:32652"] {
      #expect(shows(text, page.furniture))
    }
    #expect(shows(wording["mappage.north"], page.furniture, isBold: true))
    #expect(shows("Land of the Leopard", page.names, isBold: true))
  }

  @Test("the composition names layers, places and files as text, and no time")
  func composition() {
    let corner = (page: Point(x: 36, y: 40.5), ground: Point(x: 508_800, y: 4_695_600.25))
    let box = Extent(minX: 36, minY: 40.5, maxX: 500, maxY: 400)
    let page = MapBook.Page(
      name: "Cat <1> & \"co\"", width: 842, height: 595, frame: box, crs: "PROJCRS[\"x\"]",
      corners: [corner, corner, corner, corner], suitability: .init(dataset: "/a.tif", box: box),
      hillshade: .init(dataset: "/b.tif", box: box),
      parks: .init(dataset: "/p.gpkg", layer: "cat_parks"), ground: "/g.pdf", halos: "/h.pdf",
      names: "/n.pdf",
      furniture: "/f.pdf")
    let bare = MapBook.Page(
      name: "Bare", width: 842, height: 595, frame: box, crs: "PROJCRS[\"x\"]",
      corners: [corner, corner, corner, corner], suitability: .init(dataset: "/a.tif", box: box),
      hillshade: nil, parks: nil, ground: "/g.pdf", halos: "/h.pdf", names: "/n.pdf",
      furniture: "/f.pdf")
    let text = MapBook(
      title: "T<>", subject: "S", pages: [page, bare], wording: Wording(.english)
    ).composition
    #expect(text.contains("<Layer id=\"map0\" name=\"Cat &lt;1&gt; &amp; &quot;co&quot;\">"))
    #expect(
      text.contains("<ControlPoint x=\"36.0\" y=\"40.5\" GeoX=\"508800.0\" GeoY=\"4695600.25\"/>"))
    #expect(text.contains("<SRS>PROJCRS[&quot;x&quot;]</SRS>"))
    // What has no data is seen where nothing lies upon it.
    #expect(
      text.matches(of: /<IfLayerOn layerId="map[01]">\s*<PDF dataset="\/g.pdf"\/>/).count == 2)
    #expect(text.contains("<Title>T&lt;&gt;</Title>") && !text.contains("Date"))
    #expect(text.contains("<Blending function=\"Multiply\" opacity=\"1\"/>"))
    #expect(text.contains("id=\"hillshade0\"") && !text.contains("id=\"hillshade1\""))
    #expect(text.contains("<Vector dataset=\"/p.gpkg\" layer=\"cat_parks\""))
    #expect(!text.contains("id=\"parks1\"") && text.contains("<GotoPageAction pageId=\"page1\"/>"))
  }
}
