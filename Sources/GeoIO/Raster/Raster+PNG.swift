import CGDAL
public import RasterCore

extension Raster where Cell == UInt8 {
  /// The raster as a PNG picture; the same cells give the same bytes.
  ///
  /// - Parameter colours: `0xRRGGBB` by value, all others transparent; without them values are greys.
  /// - Throws: `.cannotWrite`, slug `write-failed`, where GDAL was built without PNG.
  public func png(colours: [UInt8: UInt32]? = nil) throws(HabitatError) -> [UInt8] {
    GeospatialLibraries.ready
    let file = MemoryFile("", suffix: ".png")
    try reportingFailures(
      .cannotWrite, "write-failed", "a picture cannot be made",
      at: "a picture of \(columns) × \(rows) cells",
      fix: "free some memory; see that GDAL has the drivers PNG and MEM: gdalinfo --formats"
    ) { log -> Void? in
      guard
        let memory = unsafe GDALCreate(
          GDALGetDriverByName("MEM"), "", Int32(columns), Int32(rows), 1, GDT_Byte, nil)
      else { return nil }
      defer { unsafe GDALClose(memory) }
      let band = unsafe GDALGetRasterBand(memory, 1)
      if let colours { unsafe Self.setColours(colours, of: band) }
      let written = unsafe cells.withUnsafeBytes { buffer in
        unsafe GDALRasterIO(
          band, GF_Write, 0, 0, Int32(columns), Int32(rows),
          UnsafeMutableRawPointer(mutating: buffer.baseAddress), Int32(columns), Int32(rows),
          GDT_Byte, 0, 0)
      }
      guard written == CE_None else { return nil }
      // Sixteen colours are half the bytes to compress; the next level costs twice the time for 4 % of size.
      let bits = colours.map { ($0.keys.max() ?? 0) < 16 ? 4 : 8 } ?? 8
      let copy = unsafe withStringList(["ZLEVEL=5", "NBITS=\(bits)"]) { options in
        unsafe GDALCreateCopy(
          GDALGetDriverByName("PNG"), file.path, memory, 0, options, nil, nil)
      }
      guard let copy = unsafe copy else { return nil }
      unsafe GDALClose(copy)
      unsafe _ = VSIUnlink(file.path + ".aux.xml")
      return log.messages.isEmpty ? () : nil
    }
    return try FileSystem.contents(of: file.path, atMost: .max)
  }

  private static func setColours(_ colours: [UInt8: UInt32], of band: GDALRasterBandH?) {
    let table = unsafe GDALCreateColorTable(GPI_RGB)
    defer { unsafe GDALDestroyColorTable(table) }
    // As many entries as are used: a PNG needs no more.
    for code in 0...(colours.keys.max() ?? 0) {
      let rgb = colours[code]
      var entry = GDALColorEntry(
        c1: Int16((rgb ?? 0) >> 16 & 0xFF), c2: Int16((rgb ?? 0) >> 8 & 0xFF),
        c3: Int16((rgb ?? 0) & 0xFF), c4: rgb == nil ? 0 : 255)
      unsafe GDALSetColorEntry(table, Int32(code), &entry)
    }
    unsafe GDALSetRasterColorTable(band, table)
  }
}
