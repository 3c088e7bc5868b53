import RasterCore

/// Asks, as outlines are read, whether there is room for them. Once there is none they are only counted, so
/// that what is said of their size is true of all.
struct OutlineAdmission {
  private let admit: (OutlineSize) throws(HabitatError) -> Void
  private var expected = OutlineSize()
  private var counted = OutlineSize()
  private var isRefused = false

  init(_ admit: @escaping (OutlineSize) throws(HabitatError) -> Void) { self.admit = admit }

  /// As far as is known.
  var size: OutlineSize { counted.united(with: expected) }

  /// - Throws: what is thrown of such a size.
  mutating func expect(_ size: OutlineSize) throws(HabitatError) {
    expected = expected.united(with: size)
    try admit(expected)
  }

  /// Counts an outline; `false` where it is not to be kept.
  mutating func takes(_ outline: OutlineSize) -> Bool {
    counted.add(outline)
    return hasRoom()
  }

  /// Whether GEOS may look at an outline, which takes much,
  mutating func mayExamine(_ vertices: Int) -> Bool {
    counted.doubtful = max(counted.doubtful, vertices)
    return hasRoom()
  }

  /// and make a valid one of it, which takes twice as much.
  mutating func mayRepair(_ vertices: Int) -> Bool {
    counted.invalid = max(counted.invalid, vertices)
    return hasRoom()
  }

  private mutating func hasRoom() -> Bool {
    guard !isRefused else { return false }
    do throws(HabitatError) { try admit(size) } catch { isRefused = true }
    return !isRefused
  }

  /// - Throws: what is thrown of the size of all.
  func close() throws(HabitatError) { if isRefused { try admit(size) } }
}
