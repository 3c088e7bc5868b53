/// Where a TIFF keeps what it says of itself: its head, its directories, and the values that do not fit into them.
///
/// Source: TIFF 6.0, section 2; the BigTIFF design as libtiff describes it.
struct TIFFDirectories {
  private(set) var ranges = RangeSet<Int>()

  private let isBig: Bool
  private let isLittleEndian: Bool
  /// More than overviews, masks and pages of any sound file.
  private static let mostDirectories = 200
  private static let mostEntries = 4096

  /// Bytes of a value, by TIFF's number of its type.
  private static let sizes = [
    1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8,
    18: 8,
  ]

  /// `nil` of a file that is no TIFF, or a damaged one.
  init?(of file: borrowing InputBytes) {
    guard let head = file.read(16, at: 0) else { return nil }
    isLittleEndian = head[0] == 0x49
    let version = isLittleEndian ? head[2] : head[3]
    guard head[0] == head[1], [0x49, 0x4D].contains(head[0]), [42, 43].contains(version) else {
      return nil
    }
    isBig = version == 43
    let (place, size) = isBig ? (8, 8) : (4, 4)
    var directory = number(Array(head[place..<place + size]))
    ranges.insert(contentsOf: 0..<16)
    // Before the first directory of a COG stands how the file is laid out, which GDAL goes by.
    let mark = Array("GDAL_STRUCTURAL_METADATA".utf8)
    if directory <= 64 << 10, file.read(mark.count, at: 2 * size) == mark {
      ranges.insert(contentsOf: 0..<directory)
    }
    var known: Set<Int> = []
    while directory != 0 {
      guard known.count < Self.mostDirectories, known.insert(directory).inserted,
        let next = note(directory, in: file)
      else { return nil }
      directory = next
    }
  }

  /// - Returns: the place of the next directory, 0 where there is none; `nil` where this one is damaged.
  private mutating func note(_ place: Int, in file: borrowing InputBytes) -> Int? {
    let (head, entry, word) = isBig ? (8, 20, 8) : (2, 12, 4)
    guard place > 0, let start = file.read(head, at: place) else { return nil }
    let count = number(start)
    guard count <= Self.mostEntries,
      let bytes = file.read(count * entry + word, at: place + head)
    else {
      return nil
    }
    ranges.insert(contentsOf: place..<place + head + bytes.count)
    for index in 0..<count {
      let fields = Array(bytes[index * entry..<(index + 1) * entry])
      let values = number(Array(fields[4..<4 + word]))
      guard let size = Self.sizes[number(Array(fields[2..<4]))] else { continue }
      let (length, isTooLong) = values.multipliedReportingOverflow(by: size)
      guard !isTooLong, length > word else { continue }
      let first = number(Array(fields[(4 + word)...]))
      let (end, isTooFar) = first.addingReportingOverflow(length)
      guard !isTooFar, first > 0, end <= file.count else { return nil }
      ranges.insert(contentsOf: first..<end)
    }
    return number(Array(bytes.suffix(word)))
  }

  private func number(_ bytes: [UInt8]) -> Int {
    let number = (isLittleEndian ? bytes.reversed() : bytes).reduce(UInt64(0)) {
      $0 << 8 | UInt64($1)
    }
    return Int(clamping: number)
  }
}
