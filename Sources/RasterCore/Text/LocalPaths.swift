/// The absolute paths of one machine, and how they are written in what is passed on: their last parts behind an
/// ellipsis, as many as tell them apart. Where a user keeps files is nobody else's business.
///
/// Relative paths, addresses of the web and files of a server (`/vsicurl/…`, `/vsis3/…`) stay as they are.
public struct LocalPaths: Sendable {
  /// What stands for each path, the longest first.
  private let known: [(path: [Character], shown: String)]
  private let shown: [String: String]

  /// - Parameter texts: paths as a user named them, those of rasters within files among them; they may hold
  ///   blanks, which other absolute paths are taken to end at.
  public init(_ texts: some Sequence<String> = []) {
    let paths = Set(texts.compactMap(Self.path))
    let parts = paths.map { (path: $0, parts: $0.split(separator: "/")) }
    var shortest = Dictionary(grouping: parts) { $0.parts.suffix(1).joined(separator: "/") }
    var shown: [String: String] = [:]
    var count = 1
    while !shortest.isEmpty {
      count += 1
      var next: [String: [(path: String, parts: [Substring])]] = [:]
      for (name, alike) in shortest {
        if alike.count == 1 || alike.allSatisfy({ $0.parts.count < count }) {
          for member in alike { shown[member.path] = "…/" + name }
        } else {
          next.merge(
            Dictionary(grouping: alike) { $0.parts.suffix(count).joined(separator: "/") }
          ) { $0 + $1 }
        }
      }
      shortest = next
    }
    self.shown = shown
    known = shown.map { (Array($0.key), $0.value) }.sorted {
      ($1.path.count, $0.shown) < ($0.path.count, $1.shown)
    }
  }

  /// The text with its absolute paths shortened.
  public func shortened(in text: String) -> String {
    if let shown = shown[text] { return shown }
    guard text.contains(where: { $0 == "/" || $0 == "\\" }) else { return text }
    let characters = Array(text)
    var result = ""
    var index = 0
    while index < characters.count {
      if Self.mayBegin(at: index, in: characters),
        let (end, shown) = path(at: index, in: characters)
      {
        result += shown
        index = end
      } else {
        result.append(characters[index])
        index += 1
      }
    }
    return result
  }

  private func path(at start: Int, in text: [Character]) -> (end: Int, shown: String)? {
    for (path, shown) in known where text[start...].starts(with: path) {
      let end = start + path.count
      if end == text.count || !Self.isWithinName(text[end]) { return (end, shown) }
    }
    let end =
      text[start...].firstIndex { $0.isWhitespace || "\"'<>|;,()".contains($0) }
      ?? text.count
    var word = String(text[start..<end])
    let trail = word.reversed().prefix { ".:?!".contains($0) }.count
    word.removeLast(trail)
    guard Self.isLocal(word) else { return nil }
    let name = word.split { $0 == "/" || $0 == "\\" }.last ?? ""
    return (end - trail, "…/" + name)
  }

  // MARK: What is a path

  /// The absolute path that a name of a raster or layer holds; `nil` where it holds none.
  private static func path(in text: String) -> String? {
    let quoted = text.split(separator: "\"", omittingEmptySubsequences: false)
    if quoted.count == 3 { return path(in: String(quoted[1])) }
    if isLocal(text) { return text }
    // `DRIVER:/…`, `file:///…`
    guard let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") else { return nil }
    let rest = text[text.index(after: colon)...]
    let path = rest.drop { $0 == "/" }
    guard rest.hasPrefix("/"), !rest.hasPrefix("//") || rest.hasPrefix("///") else { return nil }
    return isLocal("/" + path) ? "/" + path : nil
  }

  /// Whether a word is an absolute path of a machine: of two parts at least, for a single one may be anything.
  private static func isLocal(_ word: String) -> Bool {
    let isOfDrive =
      word.dropFirst().hasPrefix(":\\")
      || word.dropFirst().hasPrefix(":/")
        && word.dropFirst(3).contains("/")
    if isOfDrive, word.first?.isLetter == true { return true }
    guard word.hasPrefix("/"), !word.hasPrefix("//") else { return false }
    let parts = word.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.first, !first.isEmpty else { return false }
    if first == "vsimem" { return false }
    guard first.hasPrefix("vsi") else { return parts.count > 1 }
    // An archive is where its file is; other such names are of servers.
    guard archives.contains(first) else { return false }
    return isLocal(String(word.dropFirst(first.count + 2)))
  }

  private static let archives: Set<Substring> = [
    "vsizip", "vsigzip", "vsitar", "vsi7z", "vsirar", "vsisubfile", "vsisparse", "vsicached",
    "vsicrypt",
  ]

  private static func mayBegin(at index: Int, in text: [Character]) -> Bool {
    let before = index > 0 ? text[index - 1] : " "
    if text[index] == "/" {
      // `file:///…`, `NETCDF:/…`, but neither `https://…` nor a relative path.
      let isScheme =
        index > 6 && String(text[(index - 7)..<index]) == "file://"
      let isDriver =
        before == ":" && index + 1 < text.count && text[index + 1] != "/"
      return isScheme || isDriver || !isWithinName(before) && !"/:]}*?".contains(before)
    }
    return index + 2 < text.count && text[index].isLetter && text[index + 1] == ":"
      && "\\/".contains(text[index + 2]) && !isWithinName(before)
      && !(index + 3 < text.count && text[index + 3] == "/")
  }

  private static func isWithinName(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "_-.~%".contains(character)
  }
}

extension String {
  /// Whether an absolute path of a machine is within.
  public var holdsLocalPath: Bool { LocalPaths().shortened(in: self) != self }
}
