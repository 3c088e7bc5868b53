import HabitatKit
import RasterCore
import TestSupport
import Testing

/// HDF4 and HDF5 need other libraries to be written: a check of CI does that.
@Suite("Containers of several rasters") struct ContainerTests {
  private func file(_ folder: TemporaryFolder) throws -> String {
    let classes = (0..<600).map { UInt8([10, 60, 190, 210][$0 % 4]) }
    let flags = [UInt8](repeating: 1, count: 600)
    let file = NetCDFFile(
      west: 131, north: 43.5, step: 0.01, columns: 30, rows: 20,
      layers: [("change_count", flags), ("lccs_class", classes)])
    return try folder.write(file.bytes, to: "C3S-LC-L4-LCCS-Map-300m-P1Y-2020.nc")
  }

  private func options(_ folder: TemporaryFolder, _ path: String) throws -> ScoreOptions {
    var options = ScoreOptions()
    let text = LandCoverModel.text(scores: [Double](repeating: 50, count: 10))
    options.models = [try folder.write(text, to: "cover.json")]
    options.inputs.landCover = [path]
    options.inputs.legend = "esa_cci_lc"
    options.output = folder.path("out")
    return options
  }

  @Test("a container is refused, and the raster that is most likely meant is named first")
  func refused() throws {
    try TemporaryFolder.with { folder in
      let path = try file(folder)
      let error = #expect(throws: HabitatError.self) { try options(folder, path).run() }
      #expect(error?.slug == "subdataset-missing" && error?.kind == .input)
      let name = "NETCDF:\"\(path)\":lccs_class"
      #expect(error?.fix.contains("as the path: \(name), ") == true)
      #expect(error?.fix.contains("change_count") == true)
      var check = CheckOptions()
      check.inputs.landCover = [path]
      let report = try check.check().run()
      #expect(report.errors.map(\.slug) == ["subdataset-missing"])
      #expect(report.landCover?.proposals.first?.legend == "esa_cci_lc")
    }
  }

  @Test("a raster of a container is read, and the file is recorded") func named() throws {
    try TemporaryFolder.with { folder in
      let path = try file(folder)
      let name = "NETCDF:\"\(path)\":lccs_class"
      let row = try options(folder, name).run().landCover.rows[0]
      // 0.3° by 0.2° at 43.4° N: 24.26 km by 22.22 km within 0.5 %; each of four codes has 150 cells.
      #expect(abs(row.area / (24.29 * 22.22) - 1) < 5e-3)
      for category in [LandCategory.cultivated, .forestBroadleaf, .built, .water] {
        #expect(abs(row.parts[Int(category.rawValue) - 1] / row.area - 0.25) < 2e-3)
      }
      let manifest = String(decoding: try folder.contents(of: "out/manifest.json"), as: UTF8.self)
      #expect(manifest.contains("C3S-LC-L4-LCCS-Map-300m-P1Y-2020.nc"))
      var check = CheckOptions()
      check.inputs.landCover = [name]
      let report = try check.check().run()
      #expect(report.landCover?.codes.map(\.code) == [10, 60, 190, 210])
      #expect(report.landCover?.codes.allSatisfy { $0.cells == 150 } == true)
      #expect(report.landCover?.proposals.first?.legend == "esa_cci_lc")
      check.inputs.landCover = [name.replacing("lccs_class", with: "change_count")]
      let other = try check.check().run().landCover?.proposals ?? []
      #expect(!other.contains { $0.evidence.contains("file name") })
    }
  }

  @Test("a raster that the container does not hold is refused") func unknown() throws {
    try TemporaryFolder.with { folder in
      let name = "NETCDF:\"\(try file(folder))\":nothing"
      let error = #expect(throws: HabitatError.self) { try options(folder, name).run() }
      #expect(["input-missing", "not-a-raster"].contains(error?.slug))
    }
  }
}
