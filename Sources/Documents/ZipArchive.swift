/// A zip archive of small files, stored as they are and without a clock: equal content is equal bytes.
///
/// Source: PKWARE, APPNOTE.TXT 6.3.9, sections 4.3.7, 4.3.12 and 4.3.16.
public struct ZipArchive: Sendable {
  private var files: [(name: [UInt8], content: [UInt8])] = []

  public init() {}

  /// - Parameter content: below 4 GB.
  public mutating func add(_ name: String, _ content: [UInt8]) {
    files.append((Array(name.utf8), content))
  }

  public var bytes: [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for file in files {
      let entry = Self.entry(file.content, nameLength: file.name.count)
      let offset = archive.count.bytes(4)
      archive += [0x50, 0x4B, 3, 4] + entry + file.name + file.content
      // The same once more, with comment, disk and attributes empty, and where it stands.
      directory += [0x50, 0x4B, 1, 2, 20, 0] + entry + [UInt8](repeating: 0, count: 10)
      directory += offset + file.name
    }
    let count = files.count.bytes(2)
    return archive + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count
      + directory.count.bytes(4) + archive.count.bytes(4) + [0, 0]
  }

  /// What both headers of a file share, from the version needed to the length of extra fields.
  private static func entry(_ content: [UInt8], nameLength: Int) -> [UInt8] {
    // Names in UTF-8; stored; midnight of 1 January 1980, the first moment there is.
    var entry: [UInt8] = [20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0]
    entry += Int(CRC32.checksum(of: content)).bytes(4)
    entry += content.count.bytes(4) + content.count.bytes(4)
    return entry + nameLength.bytes(2) + [0, 0]
  }
}
