import CGDAL
import Foundation

/// What a raster is made of.
public struct RasterSources: Sendable {
  /// Itself, side files, the sources of a VRT and theirs, each once; overviews left out.
  public fileprivate(set) var files: [String] = []
  /// Whether a VRT among them reads an address in this process's own memory: what a program may ask of GDAL,
  /// no file has any business with.
  public fileprivate(set) var readsMemory = false
  /// Sources of a VRT that are gone, or are not what it says they are, for people.
  public fileprivate(set) var misfits: [String] = []
  /// A VRT among them whose size GDAL makes another of than it says, or which is longer than the Earth.
  public fileprivate(set) var misread: (path: String, size: String)?
  /// What has been asked already, however its path is spelled: virtual rasters may name one another in a circle.
  fileprivate var asked: Set<String> = []

  /// What is no file, and would be waited for.
  public var special: String? { files.first { SpecialFile.name(at: $0) != nil } }
  /// A file on the network that nobody has allowed.
  public var forbidden: String? { files.first(where: NetworkAccess.isForbidden) }
}

extension RasterDataset {
  /// Opens the sources of a VRT and theirs, to ask them.
  public var sources: RasterSources {
    var sources = RasterSources()
    add(to: &sources)
    return sources
  }

  /// GDAL lists the sources of a VRT, but not what they are made of.
  private func add(to sources: inout RasterSources) {
    guard sources.asked.insert(NSString(string: path).standardizingPath).inserted else { return }
    let list = unsafe GDALGetFileList(handle)
    defer { unsafe CSLDestroy(list) }
    let found = unsafe strings(of: list)
      .filter { !$0.hasSuffix(".ovr") && !sources.files.contains($0) }
    sources.files += found
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
        // What is there and cannot be opened is told when its cells are read.
        if FileSystem.size(of: SubdatasetPath(source)?.file ?? source) == .missing {
          sources.misfits.append("\(source) is not there")
        }
        continue
      }
      let misfits = (named[source] ?? []).compactMap { $0.misfit(raster) }
      if let misfit = misfits.first { sources.misfits.append("\(source) \(misfit)") }
      raster.add(to: &sources)
    }
  }
}
