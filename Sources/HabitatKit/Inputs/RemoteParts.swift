import GeoIO
import RasterCore
import RasterLoader
import RunFolder

/// What a run reads of rasters on servers.
extension PreparedInputs {
  /// Fetches it, all blocks of a file at once, so that nothing is waited for in the middle of the work.
  ///
  /// It hangs on the grid and the files alone: not on threads, nor on what the cache holds.
  ///
  /// - Returns: by path; what is not among them is read whole.
  /// - Throws: those of reading a remote file.
  func fetchRemoteParts() throws(HabitatError) -> [String: InputFile.Part] {
    // Settlements and water are looked for around the grid, too.
    let target = wholeLand?.stack.landCover.grid ?? grid
    var parts: [String: InputFile.Part] = [:]
    for tile in landCover.tiles + (elevation?.tiles ?? []) where tile.isRemote {
      // A mask lies in blocks of its own; of a virtual raster the cells are elsewhere.
      guard tile.files == [tile.path], !tile.band.hasMask else { continue }
      let dataset = try RasterDataset(reading: tile.path)
      guard case .found(let identity) = FileStamp(tile.path).remote,
        var ranges = dataset.describingRanges.map({ RangeSet($0) })
      else { continue }
      if let window = try tile.window(under: target) {
        guard let blocks = dataset.storedRanges(of: window, band: tile.bandNumber) else { continue }
        try dataset.fetchAhead(window, band: tile.bandNumber)
        for block in blocks { ranges.insert(contentsOf: block) }
      }
      parts[tile.path] = InputFile.Part(
        ranges: Array(ranges.ranges), etag: identity[0], lastModified: identity[1])
    }
    return parts
  }
}
