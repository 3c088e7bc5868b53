import Foundation
import GeoIO
import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("The parks of a run as a GeoPackage")
struct ParksFileTests {
  /// A column of the file by park.
  static func column(_ name: String, of folder: TemporaryFolder) throws -> [String: String] {
    let layer = try PolygonLayer(
      reading: folder.path("out/parks.gpkg"),
      .init(layer: "parks", idField: "park_id", nameField: name))
    return Dictionary(uniqueKeysWithValues: layer.features.map { ($0.id, $0.name) })
  }

  @Test("it holds names, outlines and every number of the tables")
  func content() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      var options = try landscape.options()
      options.species = "leopard,snow-leopard"
      let result = try options.run()
      #expect(
        try Self.column("park", of: folder)
          == Dictionary(uniqueKeysWithValues: landscape.parks.map { ($0.id, $0.name) }))
      for species in result.species {
        let stem = species.name.replacing("-", with: "_")
        for row in species.table.rows {
          func expect(_ name: String, _ area: Double) throws {
            let text = try #require(try Self.column(name, of: folder)[row.id])
            #expect(Double(text) == Double(area.formatted(decimals: 6)), "\(name) of \(row.name)")
          }
          try expect("park_km2", row.area)
          try expect("outside_km2", row.outside)
          for (key, area) in zip(species.table.partKeys, row.parts) {
            try expect("\(stem)_\(key)_km2", area)
          }
          try expect("\(stem)_nodata_km2", row.nodata)
          try expect("\(stem)_residual_km2", row.residual)
        }
      }
      let layer = try PolygonLayer(
        reading: folder.path("out/parks.gpkg"), .init(idField: "park_id"))
      for park in landscape.parks {
        #expect(layer.features.first { $0.id == park.id }?.shape == park.shape)
      }
      #expect(layer.crs?.name == "EPSG:4326")
    }
  }

  @Test("a run over the parks it wrote gives the same table")
  func roundTrip() throws {
    try TemporaryFolder.with { folder in
      let landscape = try TestLandscape(in: folder)
      let first = try landscape.options().run()
      var options = landscape.options(
        reading: ["landcover.tif"], parks: "out/parks.gpkg", out: "again")
      options.inputs.parkName = "park"
      #expect(try options.run().species[0].table == first.species[0].table)
    }
  }

  @Test("a park without an outline is there without one")
  func withoutGeometry() throws {
    try TemporaryFolder.with { folder in
      var landscape = try TestLandscape(in: folder)
      landscape.parks.append(NamedPolygon("99", "Nowhere", PolygonShape(rings: [])))
      try landscape.options().run()
      #expect(try Self.column("leopard_maximum_km2", of: folder)["99"] == "0")
    }
  }

  @Test("without parks there is no such file")
  func withoutParks() throws {
    try TemporaryFolder.with { folder in
      var options = try TestLandscape(in: folder).options()
      options.inputs.parks = nil
      options.inputs.parkID = nil
      try options.run()
      #expect(!folder.has("out/parks.gpkg"))
    }
  }

  @Test("columns of species whose names differ little keep apart")
  func stems() {
    #expect(
      ParksFile.columnStems(of: ["snow-leopard", "snow leopard", "Snow_Leopard", "тигр"])
        == ["snow_leopard", "snow_leopard_2", "Snow_Leopard_3", "тигр"])
  }
}
