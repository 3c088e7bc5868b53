import GeoIO
import RasterLoader

/// The files that lie beside others and share their names up to the last dot, as side files do; a folder is listed
/// once.
struct SideFileNames {
  /// Names by what stands before their first dot, by folder.
  private var folders: [String: [Substring: [String]]] = [:]

  mutating func paths(beside path: String) -> [String] {
    let base = path.baseName
    let folder = String(path.dropLast(base.count))
    guard !path.hasPrefix("/vsi"), !base.isEmpty else { return [] }
    if folders[folder] == nil {
      let names = FileSystem.names(in: folder.isEmpty ? "." : folder)
      folders[folder] = Dictionary(grouping: names) { $0.prefix { $0 != "." } }
    }
    let stem = base.lastIndex(of: ".").map { base[...$0] } ?? base[...]
    return (folders[folder]?[base.prefix { $0 != "." }] ?? [])
      .filter { $0.hasPrefix(stem) && $0 != base }.map { folder + $0 }
  }
}
