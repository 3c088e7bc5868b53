import Foundation
import Machine
public import RasterCore

/// Pipes, sockets, devices, files of the kernel, and what this process alone has open: opening or reading one may
/// wait for ever, and what one reads is gone, or nobody else finds it again.
enum SpecialFile {
  /// What stands in place of a file, for people; `nil` where nothing does.
  ///
  /// Looks into paths of archives (`/vsigzip/a.gz`) and of drivers (`NETCDF:"a.nc":x`), too.
  static func name(at path: String) -> String? {
    for place in places(in: path) {
      if isStandardInput(place) { return "the standard input" }
      guard let (file, status) = FileStamp.status(ofPartIn: place) else { continue }
      switch status.kind {
      case .pipe: return "a pipe"
      case .socket: return "a socket"
      case .device: return "a device"
      case .file where isMadeUp(file): return "a file of the kernel"
      case .file where isDescriptor(file): return "the number of an open file"
      default: continue
      }
    }
    return nil
  }

  /// Reading some of the files below `/proc` and `/sys` waits for ever, and none is data.
  ///
  /// Source: the numbers of file systems in Linux's `magic.h`.
  private static func isMadeUp(_ path: String) -> Bool {
    // proc, sysfs, debugfs, tracefs, securityfs, both kinds of control groups.
    let made: Set<Int> = [
      0x9FA0, 0x6265_6572, 0x6462_6720, 0x7472_6163, 0x7363_6673, 0x0027_E0EB, 0x6367_7270,
    ]
    return made.contains(FileStatus.fileSystem(of: path))
  }

  /// GDAL's own name for it, be it within others (`/vsigzip//vsistdin/`).
  private static func isStandardInput(_ path: String) -> Bool {
    var rest = Substring(path)
    while rest.hasPrefix("/vsi") {
      if ["/vsistdin/", "/vsistdin?"].contains(where: rest.hasPrefix) { return true }
      guard let slash = rest.dropFirst().firstIndex(of: "/") else { return false }
      rest = rest[rest.index(after: slash)...]
    }
    return false
  }

  /// A number that this process has a file open under, such as `/dev/stdin` and `/dev/fd/3`, be it behind links.
  private static func isDescriptor(_ path: String) -> Bool {
    var path = path
    // As many links as Linux follows.
    for _ in 0..<40 {
      let parts = path.hasPrefix("/") ? path.split(separator: "/").filter { $0 != "." } : []
      let isNumbered =
        parts.starts(with: ["dev", "fd"]) || parts.first == "proc" && parts.contains("fd")
      if isNumbered || parts == ["dev", "stdin"] { return true }
      guard FileStatus(of: path, followingLinks: false)?.kind == .link,
        let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
      else { return false }
      let folder = path.range(of: "/", options: .backwards).map { path[..<$0.upperBound] } ?? ""
      path = target.hasPrefix("/") ? target : folder + target
    }
    return false
  }

  /// The path and what in it may be the path of a file.
  private static func places(in path: String) -> [String] {
    var places = [path]
    places += path.split { "\"{}".contains($0) }.map(String.init)
    var rest = Substring(path)
    while let colon = rest.firstIndex(of: ":") {
      rest = rest[rest.index(after: colon)...]
      places.append(String(rest))
    }
    return places
  }
}

extension FileSystem {
  /// Refuses what is neither a file nor a folder, before anything opens it.
  ///
  /// - Throws: `.input`, slug `not-a-file`.
  public static func refuseSpecialFile(
    _ path: String, at location: String? = nil
  ) throws(HabitatError) {
    guard let name = SpecialFile.name(at: path) else { return }
    throw HabitatError(
      .input, "not-a-file", "there is \(name), not a file", at: location ?? path,
      fix: "save what it gives in a file, and name that: inputs are read more than once")
  }
}
