import CGDAL
import Foundation
import RasterCore

/// What a raster is made of, and how its cells come from there.
public struct RasterSources: Sendable {
  /// Itself, side files, the sources of a VRT and theirs, each once; overviews only where a VRT may read them.
  public fileprivate(set) var files: [String] = []
  /// Whether a VRT among them reads an address in this process's own memory: what a program may ask of GDAL,
  /// no file has any business with.
  public fileprivate(set) var readsMemory = false
  /// Sources of a VRT that are gone, or are not what it says they are, for people.
  public fileprivate(set) var misfits: [String] = []
  /// A VRT among them whose size GDAL makes another of than it says, or which is longer than the Earth.
  public fileprivate(set) var misread: (path: String, size: String)?
  /// Sources whose numbers a VRT mixes into others, and how, for people.
  public fileprivate(set) var blends: [String] = []
  /// Rasters whose overviews GDAL may read in place of their own cells, because a VRT has fewer.
  public fileprivate(set) var withOverviewsRead: [String] = []
  /// A compression among them does not keep values as they were.
  public fileprivate(set) var losesDetail = false
  /// An axis along which cells lie unevenly, for people.
  public fileprivate(set) var unevenAxis: String?
  /// What GDAL takes for granted where a file does not say, in its own words.
  public fileprivate(set) var assumptions: [String] = []
  /// Whether a VRT is made of files whose blocks have check sums.
  public fileprivate(set) var haveCheckSums = false
  /// What has been asked already, however its path is spelled: virtual rasters may name one another in a circle.
  fileprivate var asked: Set<RasterUse> = []

  /// What is no file, and would be waited for.
  public var special: String? { files.first { SpecialFile.name(at: $0) != nil } }
  /// A file on the network that nobody has allowed.
  public var forbidden: String? { files.first(where: NetworkAccess.isForbidden) }
}

/// How the cells of a raster are read.
private struct RasterUse: Hashable {
  var path = ""
  /// `nil` for any, as a warp reads them.
  var band: Int?
  /// On other squares than its own.
  var isMoved = false
  /// Fewer of them than there are.
  var isShrunk = false
  /// Nobody asks for them: another band is wanted.
  var isIdle = false
}

extension RasterDataset {
  /// Opens the sources of a VRT and theirs, to ask them.
  ///
  /// - Parameter band: that is read, counted from 1.
  public func sources(ofBand band: Int) -> RasterSources {
    var sources = RasterSources()
    add(to: &sources, RasterUse(band: band))
    return sources
  }

  /// GDAL lists the sources of a VRT, but not what they are made of.
  private func add(to sources: inout RasterSources, _ use: RasterUse) {
    var use = use
    use.path = NSString(string: path).standardizingPath
    guard sources.asked.insert(use).inserted else { return }
    if !use.isIdle { note(use, in: &sources) }
    let list = unsafe GDALGetFileList(handle)
    defer { unsafe CSLDestroy(list) }
    let found = unsafe strings(of: list).filter { use.isShrunk || !$0.hasSuffix(".ovr") }
    sources.files += found.filter { !sources.files.contains($0) }
    guard driver == "VRT" else { return }
    let text = unsafe strings(of: GDALGetMetadata(handle, "xml:VRT")).joined()
    if text.uppercased().contains("MEM:::") { sources.readsMemory = true }
    let description = virtualDescription
    if let size = description.misreadSize { sources.misread = (path, size) }
    if max(columns, rows) > RasterDataset.mostCellsAlongSide {
      sources.misread = (path, "\(columns) × \(rows)")
    }
    let named = Dictionary(grouping: description.sources, by: \.path)
    for source in Set(named.keys).union(found).sorted()
    where source != path && !NetworkAccess.isForbidden(source) {
      guard let raster = try? RasterDataset(reading: source) else {
        if let misfit = Self.misfit(ofUnopened: source) { sources.misfits.append(misfit) }
        continue
      }
      let parts = named[source] ?? []
      if let misfit = parts.lazy.compactMap({ $0.misfit(raster) }).first {
        sources.misfits.append("\(source) \(misfit)")
      }
      var uses = Set(parts.compactMap { self.use(of: raster, as: $0, by: use, &sources) })
      if uses.isEmpty { uses = [RasterUse(isIdle: true)] }
      if raster.hasCheckSums { sources.haveCheckSums = true }
      for next in uses { raster.add(to: &sources, next) }
    }
  }

  /// What is there and cannot be opened is said when its cells are read, but for one that is cut short: of that GDAL
  /// reads zeros.
  private static func misfit(ofUnopened source: String) -> String? {
    do throws(HabitatError) {
      _ = try RasterDataset(reading: source)
    } catch {
      if FileSystem.size(of: SubdatasetPath(source)?.file ?? source) == .missing {
        return "\(source) is not there"
      }
      return error.slug == "unreadable-block" ? "of \(source), \(error.what)" : nil
    }
    return nil
  }

  /// What is to be said of a raster that is read.
  private func note(_ use: RasterUse, in sources: inout RasterSources) {
    // Some drivers look at where a raster lies only when they are asked.
    _ = geotransform
    for text in assumptions.texts where !sources.assumptions.contains(text) {
      sources.assumptions.append(text)
    }
    if losesDetail { sources.losesDetail = true }
    let band = use.band ?? 1
    guard (1...max(1, bandCount)).contains(band), bandCount > 0 else { return }
    sources.unevenAxis = sources.unevenAxis ?? unevenAxis(ofBand: band)
    if use.isShrunk, !overviewSizes(ofBand: band).isEmpty {
      sources.withOverviewsRead.append(path)
    }
  }

  /// How a source of this VRT is read, `nil` where it is not.
  private func use(
    of raster: borrowing RasterDataset, as source: VirtualSource, by use: RasterUse,
    _ sources: inout RasterSources
  ) -> RasterUse? {
    guard !use.isIdle, source.target == nil || use.band == nil || source.target == use.band else {
      return nil
    }
    let (moves, shrinks) = source.sampling.change(from: raster.window, to: window)
    let next = RasterUse(
      band: source.band, isMoved: use.isMoved || moves, isShrunk: use.isShrunk || shrinks)
    if let method = source.sampling.blend, source.sampling.alwaysBlends || next.isMoved {
      let text = "\(source.path) by \(method)"
      if !sources.blends.contains(text) { sources.blends.append(text) }
    }
    return next
  }

  private var window: Window { Window(column: 0, row: 0, columns: columns, rows: rows) }
}
