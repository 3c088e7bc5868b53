import CGDAL
import Machine
import RasterCore

/// Which cells of which files a virtual raster's cells come from, so that the blocks of those files can be looked
/// at; owned by one task at a time.
final class VirtualMosaic {
  private struct Source {
    let path: String
    /// A band of the virtual raster, `nil` where the source may serve any.
    let target: Int?
    let isOfMask: Bool
    /// A band of the source, `nil` for all.
    let band: Int?
    /// Whether the source's mask is what is read.
    let readsMask: Bool
    /// Boxes in cells of the source and of the virtual raster; `nil` where nothing tells how they belong together.
    let boxes: (from: Extent, to: Extent)?
  }

  private final class Opened {
    let path: String
    let dataset: RasterDataset
    init(_ path: String, _ checks: BlockChecks) throws(HabitatError) {
      self.path = path
      dataset = try RasterDataset(reading: path, sharing: checks)
    }

    /// - Parameters:
    ///   - part: cells, those beyond the raster's edge included; `nil` for all.
    ///   - band: `nil` for all.
    func check(_ part: Window?, band: Int?, ofMask: Bool) throws(HabitatError) {
      let whole = Window(column: 0, row: 0, columns: dataset.columns, rows: dataset.rows)
      guard let window = part.map({ $0.intersection(whole) }) ?? whole else { return }
      for number in band.map({ $0...$0 }) ?? 1...max(1, dataset.bandCount)
      where (1...max(1, dataset.bandCount)).contains(number) {
        if ofMask {
          try dataset.checkMaskBlocks(of: window, band: number)
        } else {
          try dataset.checkBlocks(of: window, band: number)
        }
      }
    }
  }

  private var sources: [Source] = []
  /// Those read last.
  private var opened: [Opened] = []
  private static let mostOpened = 8

  /// `nil` where the dataset is no virtual raster.
  init?(_ dataset: GDALDatasetH, path: String) {
    guard
      unsafe strcmp(GDALGetDriverShortName(GDALGetDatasetDriver(dataset)), "VRT") == 0,
      let text = unsafe strings(of: GDALGetMetadata(dataset, "xml:VRT")).first,
      let tree = unsafe CPLParseXMLString(text)
    else { return nil }
    defer { unsafe CPLDestroyXMLNode(tree) }
    let folder = unsafe String(cString: CPLGetPath(path))
    unsafe collect(XMLNode(tree), band: nil, isOfMask: false, folder: folder)
  }

  /// Sources stand in bands, in the masks of bands or of the whole, or in the options of a warp.
  private func collect(_ node: XMLNode, band: Int?, isOfMask: Bool, folder: String) {
    for child in node.elements {
      if let path = child.path(in: "SourceFilename", beside: folder)
        ?? child.path(in: "SourceDataset", beside: folder)
      {
        let words = (child.text(of: "SourceBand") ?? "").split(separator: ",").map(String.init)
        sources.append(
          Source(
            path: path, target: band, isOfMask: isOfMask, band: words.last.flatMap(Int.init),
            readsMask: words.first == "mask", boxes: child.boxes))
      }
      let isBand = child.name == "VRTRasterBand" && !isOfMask
      collect(
        child, band: isBand ? child.text(of: "band").flatMap(Int.init) : band,
        isOfMask: isOfMask || child.name == "MaskBand", folder: folder)
    }
  }

  /// - Parameter window: of the virtual raster.
  /// - Throws: `.input`, slug `unreadable-block`.
  func checkBlocks(
    of window: Window, band: Int, ofMask: Bool = false, _ checks: BlockChecks
  ) throws(HabitatError) {
    for source in sources where source.target == nil || source.target == band {
      // A band without a mask of its own may have that of its sources.
      guard !source.isOfMask || ofMask else { continue }
      if let boxes = source.boxes, !boxes.to.meets(window) { continue }
      // What GDAL has read can be opened; what it could not read has failed before.
      guard let dataset = try opened(source.path, checks) else { continue }
      let part = source.boxes.map { $0.from.cells(under: window, of: $0.to) }
      try dataset.check(
        part, band: source.band, ofMask: source.readsMask || ofMask && !source.isOfMask)
    }
  }

  private func opened(_ path: String, _ checks: BlockChecks) throws(HabitatError) -> Opened? {
    if let index = opened.firstIndex(where: { $0.path == path }) {
      let found = opened.remove(at: index)
      opened.append(found)
      return found
    }
    if opened.count == Self.mostOpened { opened.removeFirst() }
    let new: Opened
    do throws(HabitatError) {
      new = try Opened(path, checks)
    } catch {
      guard !OpenFileLimit.isReached else { throw error }
      return nil
    }
    opened.append(new)
    return new
  }
}

extension Extent {
  /// As cells of a raster, whose first is at 0, 0.
  fileprivate func meets(_ window: Window) -> Bool {
    maxX > Double(window.column) && minX < Double(window.columnRange.upperBound)
      && maxY > Double(window.row) && minY < Double(window.rowRange.upperBound)
  }

  /// The cells of this box that lie under a window of the box `target`, and those around them that a kernel of
  /// GDAL's may need.
  fileprivate func cells(under window: Window, of target: Extent) -> Window {
    func range(_ cells: Range<Int>, _ from: ClosedRange<Double>, _ to: ClosedRange<Double>)
      -> Range<Int>
    {
      let ratio = (from.upperBound - from.lowerBound) / (to.upperBound - to.lowerBound)
      // Cubic spline and Lanczos reach three cells, of the coarser lattice.
      let margin = ratio == 1 ? 0 : 3 * max(1, ratio)
      func place(_ cell: Int) -> Double {
        from.lowerBound + (min(max(Double(cell), to.lowerBound), to.upperBound) - to.lowerBound)
          * ratio
      }
      let low = (place(cells.lowerBound) - margin).rounded(.down)
      let high = (place(cells.upperBound) + margin).rounded(.up)
      return Int(max(0, min(low, 1e9)))..<Int(max(0, min(max(low, high), 1e9)))
    }
    let across = range(window.columnRange, minX...maxX, target.minX...target.maxX)
    let down = range(window.rowRange, minY...maxY, target.minY...target.maxY)
    return Window(
      column: across.lowerBound, row: down.lowerBound, columns: across.count, rows: down.count)
  }
}

extension XMLNode {
  fileprivate var boxes: (from: Extent, to: Extent)? {
    guard let from = box("SrcRect"), let to = box("DstRect") else { return nil }
    return (from, to)
  }
}
