public import RasterCore

/// The crosswalk of a land-cover product: what each of its codes means in the ten categories.
///
/// A code is looked up among the exact entries, then in `ranges`, then falls to `fallback`. A code
/// found nowhere is unknown, never silently nodata.
public struct Legend: Hashable, Sendable {
  /// What one code means.
  public struct Entry: Hashable, Sendable {
    /// `nil` is nodata.
    public let category: LandCategory?
    public let label: String
    public let note: String

    public init(category: LandCategory?, label: String = "", note: String = "") {
      (self.category, self.label, self.note) = (category, label, note)
    }

    /// The words in square brackets of the note, for example `forest_type` and `rice`.
    public var tags: Set<String> {
      var tags: Set<String> = []
      for piece in note.split(separator: "[").dropFirst(note.hasPrefix("[") ? 0 : 1) {
        guard let end = piece.firstIndex(of: "]") else { continue }
        tags.insert(String(piece[..<end]))
      }
      return tags
    }
  }

  /// What a run of codes means.
  public struct RangeEntry: Hashable, Sendable {
    public let codes: ClosedRange<Int>
    /// `nil` passes each code through as the category of that number.
    public let entry: Entry?

    public init(codes: ClosedRange<Int>, entry: Entry?) {
      (self.codes, self.entry) = (codes, entry)
    }
  }

  /// What becomes of a code that no entry names.
  public enum Fallback: Hashable, Sendable {
    /// The code is unknown, which is an error where it occurs.
    case unknown
    case nodata
    case category(LandCategory)
    /// The code itself is the category, 0 and 255 nodata; any other is unknown.
    case passThrough
  }

  /// The answer for one code.
  public enum Lookup: Hashable, Sendable {
    case category(LandCategory)
    case nodata
    /// Settled by the fallback; `nil` is nodata.
    case byDefault(LandCategory?)
    case unknown
  }

  public let name: String
  /// By code, ranges apart.
  public let entries: [Int: Entry]
  /// The first that holds a code counts.
  public let ranges: [RangeEntry]
  public let fallback: Fallback

  public init(
    name: String, entries: [Int: Entry], ranges: [RangeEntry] = [], fallback: Fallback = .unknown
  ) {
    (self.name, self.entries, self.ranges, self.fallback) = (name, entries, ranges, fallback)
  }

  /// The codes with an entry of their own, ascending.
  public var codes: [Int] { entries.keys.sorted() }

  /// Whether the codes with entries of their own are all that there is to say.
  public var isListOfCodes: Bool { ranges.isEmpty && fallback == .unknown }

  /// The entry that holds `code`; `nil` where only the fallback does, or nothing.
  public func entry(for code: Int) -> Entry? {
    if let entry = entries[code] { return entry }
    guard let range = ranges.first(where: { $0.codes.contains(code) }) else { return nil }
    return range.entry ?? Self.passedThrough(code)
  }

  public func category(of code: Int) -> Lookup {
    if let entry = entry(for: code) { return entry.category.map { .category($0) } ?? .nodata }
    guard !ranges.contains(where: { $0.codes.contains(code) }) else { return .unknown }
    switch fallback {
    case .unknown: return .unknown
    case .nodata: return .byDefault(nil)
    case .category(let category): return .byDefault(category)
    case .passThrough: return Self.passedThrough(code).map { .byDefault($0.category) } ?? .unknown
    }
  }

  /// The meaning of a code that stands for itself, as in `ten_categories`; `nil` where it has none.
  private static func passedThrough(_ code: Int) -> Entry? {
    if [0, 255].contains(code) { return Entry(category: nil, label: "nodata") }
    guard let category = UInt8(exactly: code).flatMap(LandCategory.init(rawValue:)) else {
      return nil
    }
    return Entry(category: category, label: category.name)
  }
}
