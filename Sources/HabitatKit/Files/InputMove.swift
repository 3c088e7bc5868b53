/// Where inputs of a recorded run lie now: paths that begin with one folder begin with another.
public struct InputMove: Hashable, Sendable {
  /// As the record has it, without a slash at its end; `.` for all paths that begin in the folder of the run.
  public let old: String
  public let new: String

  public init(from old: String, to new: String) {
    (self.old, self.new) = (old.withoutFinalSlash, new.withoutFinalSlash)
  }

  /// - Parameter text: `OLD=NEW`, both not empty; `nil` for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    self.init(from: parts[0], to: parts[1])
  }

  /// The path that a recorded one stands for; `nil` where it is none of these.
  ///
  /// Words before it name a driver (`GTIFF_DIR:2:`) or a file system (`/vsizip/`); after other folders it is another
  /// path.
  func place(of path: String) -> String? {
    guard old != "." else { return path.startsInFolderOfRun ? "\(new)/\(path)" : nil }
    if path == old { return new }
    guard let range = path.firstRange(of: old + "/") else { return nil }
    let before = path[..<range.lowerBound]
    let isFileSystem =
      before.hasPrefix("/vsi") && before.hasSuffix("/")
      && !before.dropFirst().dropLast().contains("/")
    guard before.isEmpty || before.hasSuffix(":") || isFileSystem else { return nil }
    return before + new + path[range.lowerBound...].dropFirst(old.count)
  }
}

extension [InputMove] {
  /// The place of a recorded path: by the move of the longest folder that it begins with.
  func place(of path: String) -> String {
    let places = sorted { $0.old.count > $1.old.count }.lazy.compactMap { $0.place(of: path) }
    return places.first ?? path
  }
}

extension String {
  fileprivate var withoutFinalSlash: String {
    count > 1 && hasSuffix("/") ? String(dropLast()).withoutFinalSlash : self
  }

  /// Neither absolute nor of a server or a file system of GDAL's.
  fileprivate var startsInFolderOfRun: Bool { !hasPrefix("/") && !contains(":") }
}
