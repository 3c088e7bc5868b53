import RasterCore
import Testing

@testable import GeoIO

@Suite("Rasters as PNG pictures") struct RasterPNGTests {
  @Test(
    "values are read back as they were, of up to sixteen colours in four bits and of more in eight",
    arguments: [(greatest: UInt8(5), bits: UInt8(4)), (15, 4), (16, 8), (255, 8)])
  func roundTrip(greatest: UInt8, bits: UInt8) throws {
    // An odd width: the last four bits of a row belong to no cell.
    let cells = (0..<7 * 40).map { UInt8($0 % (Int(greatest) + 1)) }
    let raster = Raster(columns: 7, rows: 40, cells: cells)
    let colours = Dictionary(
      uniqueKeysWithValues: (1...greatest).map { ($0, UInt32($0) * 0x01_0203) })
    let png = try raster.png(colours: colours)
    // The ninth byte of the first chunk, after a signature of 8 bytes and a head of 8.
    #expect(png[24] == bits)
    #expect(try raster.png(colours: colours) == png)
    let memory = MemoryFolder()
    let dataset = try RasterDataset(
      reading: try memory.write(png, to: "picture.png"), drivers: ["PNG"])
    var found = [UInt8](repeating: 0, count: cells.count)
    try dataset.read(Window(column: 0, row: 0, columns: 7, rows: 40), band: 1, into: &found)
    #expect(found == cells)
  }

  @Test("without colours values are greys") func greys() throws {
    let png = try Raster(columns: 2, rows: 1, cells: [UInt8(3), 250]).png()
    // Eight bits, colour type 0.
    #expect(png[24] == 8 && png[25] == 0)
  }
}
