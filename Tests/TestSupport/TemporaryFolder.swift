public import Foundation

/// A folder of its own for one test.
public struct TemporaryFolder: Sendable {
  public let path: String

  /// Runs `body` with a new folder, which is gone afterwards with all that is in it.
  public static func with<Value>(_ body: (TemporaryFolder) throws -> Value) throws -> Value {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("habitat-test-" + UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(TemporaryFolder(path: path))
  }

  /// The path of a file in the folder.
  public func path(_ name: String) -> String { path + "/" + name }

  /// Writes a text file, its folders included, and returns its path.
  @discardableResult public func write(_ text: String, to name: String) throws -> String {
    try write(Data(text.utf8), to: name)
  }

  @discardableResult public func write(_ data: Data, to name: String) throws -> String {
    let url = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
    return url.path
  }

  public func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: path(name), withIntermediateDirectories: true)
  }

  public func contents(of name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path(name)))
  }

  /// The bytes of every file in a folder of this one and below, by the path from there.
  public func files(in name: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for file in try FileManager.default.subpathsOfDirectory(atPath: path(name)) {
      var isFolder: ObjCBool = false
      let place = path(name) + "/" + file
      guard unsafe FileManager.default.fileExists(atPath: place, isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      files[file] = try contents(of: name + "/" + file)
    }
    return files
  }

  public func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
}
