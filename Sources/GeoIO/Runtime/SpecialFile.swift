import CGDAL
import Foundation
public import RasterCore

/// Pipes, sockets, devices and files of the kernel: opening or reading one may wait for ever, and what one reads is
/// gone.
enum SpecialFile {
  /// What stands in place of a file, for people; `nil` where nothing does.
  ///
  /// Looks into paths of archives (`/vsigzip/a.gz`) and of drivers (`NETCDF:"a.nc":x`), too.
  static func name(at path: String) -> String? {
    for place in places(in: path) {
      guard let (file, status) = FileStamp.status(ofPartIn: place) else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFIFO: return "a pipe"
      case S_IFSOCK: return "a socket"
      case S_IFCHR, S_IFBLK: return "a device"
      case S_IFREG where isMadeUp(file): return "a file of the kernel"
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
    return unsafe made.contains(habitat_file_system(path) & 0xFFFF_FFFF)
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
