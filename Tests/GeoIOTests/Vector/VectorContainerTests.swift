import Documents
import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@Suite("Archives and folders in the place of vector files")
struct VectorContainerTests {
  /// One square with its south-west corner at (west, 0).
  private static func square(_ west: Int) -> String {
    PolygonLayerTests.geoJSON([
      "{\"type\":\"Polygon\",\"coordinates\":[[[\(west),0],[\(west + 1),0],[\(west + 1),1],"
        + "[\(west),1],[\(west),0]]]}"
    ])
  }

  private static let line = PolygonLayerTests.geoJSON([
    "{\"type\":\"LineString\",\"coordinates\":[[0,0],[1,1]]}"
  ])

  private static let kml = """
    <kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>kept</name><Placemark><name>k</name><Polygon>
    <outerBoundaryIs><LinearRing><coordinates>7,0 8,0 8,1 7,1 7,0</coordinates></LinearRing></outerBoundaryIs>
    </Polygon></Placemark></Document></kml>
    """

  /// The western edge of the only feature that is read.
  private func west(
    _ path: String, layer: String? = nil
  ) throws -> Double {
    let layer = try PolygonLayer(reading: path, .init(layer: layer))
    try #require(layer.features.count == 1)
    return try #require(layer.features[0].shape.extent).minX
  }

  /// Writes files into a folder, or into an archive of it.
  private func write(
    _ files: [String: String], as name: String, in folder: TemporaryFolder
  ) throws -> String {
    if name.hasSuffix(".zip") || name.hasSuffix(".ZIP") {
      var archive = ZipArchive()
      for (file, text) in files.sorted(by: { $0.key < $1.key }) {
        archive.add(file, Array(text.utf8))
      }
      return try folder.write(Data(archive.bytes), to: name)
    }
    for (file, text) in files { try folder.write(text, to: "\(name)/\(file)") }
    return folder.path(name)
  }

  @Test(
    "the only file with polygons is read, whatever lies beside it",
    arguments: ["a.zip", "A.ZIP", "folder", "folder.with.dots"],
    [
      ["p.geojson": square(3)], ["p.geojson": square(3), "roads.geojson": line],
      ["p.geojson": square(3), "read me.txt": "text", "model.json": "{}", "t.csv": "a\n1\n"],
      ["p.geojson": square(3), "._p.geojson": "\0\0", "__MACOSX/._p.geojson": "\0\0"],
    ] as [[String: String]])
  func onlyOne(name: String, files: [String: String]) throws {
    try TemporaryFolder.with { folder in
      let path = try write(files, as: name, in: folder)
      #expect(try west(path) == 3)
    }
  }

  @Test("folders in an archive are looked into, KML and OGR's own paths of archives too")
  func places() throws {
    try TemporaryFolder.with { folder in
      let nested = try write(
        ["deep/er/p.geojson": Self.square(4)], as: "nested.zip", in: folder)
      #expect(try west(nested) == 4)
      #expect(try west("/vsizip/" + nested) == 4)
      #expect(try west("/vsizip/\(nested)/deep/er/p.geojson") == 4)
      let packed = try write(["doc.kml": Self.kml], as: "k.zip", in: folder)
      #expect(try west(packed) == 7)
    }
  }

  @Test("of several the layer chooses; without one the paths are named", arguments: ["a.zip", "f"])
  func several(name: String) throws {
    try TemporaryFolder.with { folder in
      let path = try write(
        ["one.geojson": Self.square(1), "two.geojson": Self.square(2)], as: name, in: folder)
      #expect(try west(path, layer: "two") == 2)
      let error = #expect(throws: HabitatError.self) { try west(path) }
      #expect(error?.slug == "layer-ambiguous" && error?.kind == .input)
      let files = (name == "f" ? "" : "/vsizip/") + path
      #expect(error?.fix.contains("\(files)/one.geojson, \(files)/two.geojson") == true)
      // What is named works.
      #expect(try west("\(files)/one.geojson") == 1)
      let absent = #expect(throws: HabitatError.self) { try west(path, layer: "three") }
      #expect(absent?.slug == "layer-unknown" && absent?.fix.contains("one, two") == true)
    }
  }

  @Test("layers and files of one name are listed once")
  func once() throws {
    try TemporaryFolder.with { folder in
      let path = try write(
        [
          "one/p.geojson": Self.square(1), "two/p.geojson": Self.square(2),
          "q.geojson": Self.square(3),
        ],
        as: "a.zip", in: folder)
      let error = #expect(throws: HabitatError.self) { try west(path, layer: "three") }
      #expect(error?.fix == "the layers are: p, q")
      let bare = try write(["r/read.me": "x", "r/s/read.me": "y"], as: "b.zip", in: folder)
      let nothing = #expect(throws: HabitatError.self) { try west(bare) }
      let words = nothing?.what.split { " ,".contains($0) } ?? []
      #expect(words.count(where: { $0 == "r/read.me" }) == 1)
    }
  }

  @Test(
    "what holds no vector file says what it holds",
    arguments: [
      ("a.zip", ["read.me": "x"], "not-vector", "read.me"),
      ("f", ["b.txt": "x"], "not-vector", "b.txt"),
      ("a.zip", ["inner.zip": "x"], "not-vector", "unpack inner.zip"),
      ("f", ["inner.zip": "x"], "not-vector", "f/inner.zip"),
      ("f", ["sub/p.geojson": square(1)], "not-vector", "f/sub"),
      (
        "a.zip", ["r.geojson": line, "s.geojson": line], "parks-not-polygons",
        "r.geojson, s.geojson"
      ),
    ] as [(String, [String: String], String, String)])
  func nothing(name: String, files: [String: String], slug: String, mentions: String) throws {
    try TemporaryFolder.with { folder in
      let path = try write(files, as: name, in: folder)
      let error = #expect(throws: HabitatError.self) { try west(path) }
      #expect(error?.slug == slug && error?.location == path)
      let words = error?.description ?? ""
      #expect(words.contains(mentions))
    }
  }

  @Test("a damaged file of outlines beside another is not passed over, other text is")
  func damagedBeside() throws {
    try TemporaryFolder.with { folder in
      let damaged = try write(
        ["new.geojson": "{\"type\":", "old.geojson": Self.square(1)], as: "d.zip", in: folder)
      let error = #expect(throws: HabitatError.self) { try west(damaged) }
      #expect(error?.slug == "not-vector" && error?.location.contains("new.geojson") == true)
      let text = try write(
        ["a.json": "{}", "b.json": Self.square(2), "c.xml": "<a/>"], as: "t", in: folder)
      #expect(try west(text) == 2)
    }
  }

  @Test("an archive that is none, and an empty folder, are said to be that")
  func broken() throws {
    try TemporaryFolder.with { folder in
      let damaged = try folder.write("PK and nothing more", to: "d.zip")
      let error = #expect(throws: HabitatError.self) { try west(damaged) }
      #expect(error?.slug == "not-vector" && error?.what.contains("damaged") == true)
      try folder.makeFolder("e")
      let empty = #expect(throws: HabitatError.self) { try west(folder.path("e")) }
      #expect(empty?.slug == "not-vector" && empty?.what.contains("empty") == true)
    }
  }

  @Test("roads are found by their name, else as the only shapes")
  func roads() throws {
    try TemporaryFolder.with { folder in
      func layers(_ path: String) throws -> [String] {
        try FeatureReader(reading: path, .init(.roads)).layers
      }
      let named = try write(
        ["roads.geojson": Self.line, "towns.geojson": Self.line], as: "n.zip", in: folder)
      #expect(try layers(named) == ["roads"])
      let only = try write(["ways.geojson": Self.line], as: "w", in: folder)
      #expect(try layers(only) == ["ways"])
    }
  }

  @Test("water in an archive is outlines; an archive of anything else is not")
  func water() throws {
    try TemporaryFolder.with { folder in
      let water = try write(["w.geojson": Self.square(1)], as: "w.zip", in: folder)
      #expect(RasterFormat.isVectorOnly(water))
      let other = try write(["w.txt": "x"], as: "x.zip", in: folder)
      #expect(!RasterFormat.isVectorOnly(other))
    }
  }

  @Test("a raster in place of outlines, outlines and an archive in place of a raster are named")
  func otherKinds() throws {
    try TemporaryFolder.with { folder in
      let raster = folder.path("r.tif")
      let grid = try Grid.northUp(
        "EPSG:4326", west: 0, north: 1, step: 1, columns: 1, rows: 1)
      try Raster(columns: 1, rows: 1, filledWith: UInt8(1)).write(to: raster, on: grid)
      let error = #expect(throws: HabitatError.self) { try west(raster) }
      #expect(error?.slug == "not-vector" && error?.what.contains("holds a raster") == true)
      // A format of both, cut short.
      try [PolygonLayerTests.park].write(to: folder.path("p.gpkg"), crs: "EPSG:4326")
      let half = try folder.write(try folder.contents(of: "p.gpkg").prefix(3000), to: "half.gpkg")
      let damaged = #expect(throws: HabitatError.self) { try west(half) }
      #expect(damaged?.slug == "not-vector" && damaged?.what.contains("holds") == false)
      let outlines = try folder.write(Self.square(1), to: "p.geojson")
      let archive = try write(["p.geojson": Self.square(1)], as: "a.zip", in: folder)
      for (path, words) in [(outlines, "holds outlines"), (archive, "/vsizip/\(archive)")] {
        do {
          _ = try RasterDataset(reading: path)
          Issue.record("\(path) is no raster")
        } catch let error as HabitatError {
          #expect(error.slug == "not-a-raster" && error.description.contains(words))
        }
      }
    }
  }

  @Test("a shapefile without its index, and a web page, are named")
  func fromOutside() throws {
    try TemporaryFolder.with { folder in
      let page = try folder.write("<!DOCTYPE html><html></html>", to: "p.geojson")
      let error = #expect(throws: HabitatError.self) { try west(page) }
      #expect(error?.slug == "not-vector" && error?.what.contains("web page") == true)
      var header = [UInt8](repeating: 0, count: 100)
      header.replaceSubrange(0..<4, with: [0, 0, 0x27, 0x0A])
      let alone = try folder.write(Data(header), to: "s.shp")
      let index = #expect(throws: HabitatError.self) { try west(alone) }
      #expect(index?.what.contains("s.shx") == true && index?.fix.contains(".shx") == true)
      let nothing = try folder.write("", to: "e.geojson")
      let empty = #expect(throws: HabitatError.self) { try west(nothing) }
      #expect(empty?.what == "the file is empty")
    }
  }
}
