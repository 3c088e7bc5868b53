import CGDAL
import RasterCore

/// A file of OpenStreetMap as XML or PBF, read for its references.
///
/// GDAL's driver reads the features; that something they refer to is absent, it does not tell. A file is read
/// several times, later ones for a kind of elements only.
struct OSMFile: ~Copyable {
  let path: String
  private var format: Format

  private enum Format {
    case xml(OSMXMLReader.Contents)
    case pbf(OSMPBFReader.Contents)
  }

  /// - Throws: `.input`, slug `input-missing`.
  init(_ path: String) throws(HabitatError) {
    self.path = path
    var head: [UInt8] = []
    guard let stream = ByteStream(reading: path), stream.read(64, appendingTo: &head) > 0 else {
      throw HabitatError(
        .input, "input-missing", "the file cannot be read", at: path,
        fix: "check the path and the permissions")
    }
    // A header of PBF has its length before it and its type within its first bytes.
    format = head.starts(with: [0, 0]) ? .pbf(.init()) : .xml(.init())
  }

  /// Passes elements of the kinds asked for to `body`, in the order of the file.
  ///
  /// The first reading must ask for all kinds.
  ///
  /// - Throws: `.input`, slug `unreadable-features`, for a file that ends early or holds what is no
  ///   OpenStreetMap.
  mutating func read(
    _ kinds: Set<OSMElement.Kind>, keys: OSMKeys = OSMKeys([]),
    _ body: (borrowing OSMElement) -> Void
  ) throws(HabitatError) {
    guard let stream = ByteStream(reading: path) else {
      throw Self.damaged("the file has gone", at: path)
    }
    do throws(OSMDamage) {
      switch format {
      case .xml(var contents):
        var reader = OSMXMLReader(stream, kinds, keys, contents)
        try reader.read(body)
        contents = reader.contents
        format = .xml(contents)
      case .pbf(var contents):
        var reader = OSMPBFReader(stream, kinds, keys, contents)
        try reader.read(body)
        contents = reader.contents
        format = .pbf(contents)
      }
    } catch {
      throw Self.damaged(error.what, at: path)
    }
  }

  /// What the server that made the file says about it, such as that it ran out of time.
  var remark: String? {
    if case .xml(let contents) = format { contents.remark } else { nil }
  }

  private static func damaged(_ what: String, at path: String) -> HabitatError {
    HabitatError(
      .input, "unreadable-features", what, at: path,
      fix: "fetch the file again; osmium fileinfo -e shows whether it is whole")
  }
}

/// What of a file is no OpenStreetMap.
struct OSMDamage: Error {
  let what: String
  init(_ what: String) { self.what = what }
}
