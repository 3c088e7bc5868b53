import Documents
import Foundation
import GeoIO
import RasterCore
import RasterLoader
import Reclassification
import TestSupport
import Testing

@testable import HabitatKit

@Suite("The parameters of a record")
struct RunParametersTests {
  private static let noSources = DocumentNode(
    .array([]), file: "x", slug: "bad-manifest", failure: HabitatError.inDocument)

  private static func node(_ request: ScoreRequest) throws -> DocumentNode<HabitatError> {
    let text = RunParameters.json(of: request).text
    return try DocumentNode(
      json5: Data(text.utf8), file: "x", slug: "bad-manifest", failure: HabitatError.inDocument)
  }

  /// A request in which nothing is as it comes.
  private static func request(in folder: TemporaryFolder) throws -> ScoreRequest {
    let utm = try CoordinateReferenceSystem(userInput: "EPSG:32652")
    let odd = try CoordinateReferenceSystem(
      userInput: "+proj=laea +lat_0=43 +lon_0=131 +ellps=krass +units=m")
    func raster(_ path: String, _ nodata: RasterTile.Corrections.Nodata) -> Landscape.RasterLayer {
      .init(paths: [path, "b/*.tif"], corrections: .init(crs: odd, nodata: nodata, band: 3))
    }
    let encoding = try TextEncoding(named: "CP1251")
    func vector(_ path: String) -> Landscape.VectorLayer {
      .init(
        path: path,
        selection: .init(
          layer: "l'\"x", condition: "a = 'b'", idField: "id", nameField: "имя",
          encoding: encoding), crs: utm)
    }
    var landscape = Landscape(name: "Name \"x\"")
    (landscape.file, landscape.isSynthetic, landscape.epoch) = ("l.json", true, "2021")
    (landscape.landCover, landscape.legend) = (raster("a.tif", .none), "legend.csv")
    landscape.elevation = raster("dem.vrt", .value(-1.5))
    (landscape.parks, landscape.roads) = (vector("p.gpkg"), vector("r.gpkg"))
    landscape.settlements = vector("s.gpkg")
    landscape.refinement.forestType = raster("f.tif", .value(.nan))
    landscape.refinement.rice = raster("r.tif", .asDeclared)
    landscape.refinement.water = raster("w.tif", .value(.infinity))
    landscape.refinement.defaultForest = .forestMixed
    landscape.refinement.ricePossible = false
    landscape.statedSources = ["dem": "NASA", "landcover": "ESA \"x\""]
    landscape.statedLicences = ["landcover": "CC BY"]
    let file = try folder.write(
      LandCoverModel.text(scores: [Double](repeating: 50, count: 10)), to: "own.json")
    let own = try SpeciesModel(json5: try folder.contents(of: "own.json"), file: file)
    var request = ScoreRequest(
      landscape: landscape, models: [try SpeciesModel.builtIn(named: "tiger"), own])
    request.grid = CustomGrid(
      crs: odd, resolution: Point(x: 30.5, y: 0.1),
      extent: .box(
        Extent(minX: -1, minY: 0.25, maxX: 2, maxY: 1e6),
        crs: try CoordinateReferenceSystem(userInput: "EPSG:4326")))
    (request.allowGaps, request.verifiesSources) = (true, true)
    request.layers = [.score, .limiting]
    (request.format, request.creationOptions) = (.cloudOptimized, ["COMPRESS=ZSTD"])
    (request.stac, request.timestamps) = (true, true)
    return request
  }

  @Test("a request read back from its record is the same request")
  func roundTrip() throws {
    try TemporaryFolder.with { folder in
      for request in [
        try Self.request(in: folder),
        ScoreRequest(
          landscape: .init(name: "bare"), models: [try SpeciesModel.builtIn(named: "tiger")]),
      ] {
        let node = try Self.node(request)
        let again = try RunParameters.request(from: node, sources: Self.noSources)
        #expect(try Self.node(again).value == node.value)
        #expect(again.models.map(\.sha256) == request.models.map(\.sha256))
      }
    }
  }

  @Test("numbers and lists of a changed record that no run can have are refused")
  func implausible() throws {
    var landscape = Landscape(name: "bare")
    landscape.landCover = .init(paths: ["a.tif"], corrections: .init(band: 7))
    let request = ScoreRequest(
      landscape: landscape, models: [try SpeciesModel.builtIn(named: "tiger")])
    let text = RunParameters.json(of: request).text
    for (old, new) in [
      ("\"band\": 7", "\"band\": 1e99"), ("\"band\": 7", "\"band\": 1.5"),
      ("\"band\": 7", "\"band\": -1"), ("\"tiger\"", ""),
    ] {
      let changed = text.replacing(old, with: new)
      #expect(changed != text)
      let value = try #require(JSONValue(json5: Data(changed.utf8)))
      let node = DocumentNode(
        value, file: "manifest.json", slug: "bad-manifest", failure: HabitatError.inDocument)
      let error = #expect(throws: HabitatError.self) {
        try RunParameters.request(from: node, sources: Self.noSources)
      }
      #expect(error?.slug == "bad-manifest")
    }
  }

  @Test("a member that is not there is named")
  func missing() throws {
    let models = [try SpeciesModel.builtIn(named: "tiger")]
    let request = ScoreRequest(landscape: .init(name: "bare"), models: models)
    guard case .object(let members) = RunParameters.json(of: request) else {
      Issue.record("parameters are an object")
      return
    }
    #expect(members.count > 20)
    for member in members {
      let rest = JSONValue.object(members.filter { $0.key != member.key })
      let node = DocumentNode(
        rest, file: "manifest.json", slug: "bad-manifest", path: "parameters",
        failure: HabitatError.inDocument)
      let error = #expect(throws: HabitatError.self) {
        try RunParameters.request(from: node, sources: Self.noSources)
      }
      #expect(error?.slug == "bad-manifest")
      #expect(error?.what.contains("\"\(member.key)\"") == true)
    }
  }

  /// A member added to a request must be recorded too, or be one that changes no byte.
  @Test("every member of a request is recorded, or changes no result")
  func isComplete() throws {
    let request = ScoreRequest(landscape: .init(name: "bare"), models: [])
    let changeNothing: Set<String> = ["output", "overwrite", "threads", "memory"]
    let recorded: Set<String> = [
      "landscape", "models", "grid", "allowGaps", "verifiesSources", "layers", "format",
      "creationOptions",
      "stac", "timestamps",
    ]
    let members = Set(Mirror(reflecting: request).children.compactMap(\.label))
    #expect(members == changeNothing.union(recorded))
    let landscape = Set(Mirror(reflecting: request.landscape).children.compactMap(\.label))
    // Where a machine keeps a landscape changes no byte: its paths are recorded as if in ./rasters.
    // A record's sources are all that were found.
    let places: Set<String> = ["installed", "hasAllSources"]
    #expect(
      landscape.subtracting(places) == [
        "name", "file", "isSynthetic", "landCover", "legend", "epoch", "elevation", "parks",
        "roads",
        "settlements", "derivesSettlements", "refinement", "sources", "statedSources",
        "statedLicences",
      ])
    #expect(places.isSubset(of: landscape))
  }
}
