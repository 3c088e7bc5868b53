public import Foundation

/// Where the blocks of a TIFF lie, read by hand, and TIFFs of one block made by hand.
///
/// Source: TIFF 6.0, section 2; the BigTIFF design as libtiff describes it.
public struct TIFFFile {
  private let bytes: [UInt8]
  private let isBig: Bool
  private let isLittleEndian: Bool

  public init(_ data: Data) {
    bytes = [UInt8](data)
    isLittleEndian = bytes[0] == 0x49
    let magic = bytes[2..<4].map(Int.init)
    isBig = (isLittleEndian ? magic[0] : magic[1]) == 43
  }

  /// Places of all blocks that are there, directory by directory, in the order of the file.
  public func blocks(ofDirectory wanted: Int = 0) -> [Range<Int>] {
    var directory = number(at: isBig ? 8 : 4, isBig ? 8 : 4)
    for _ in 0..<wanted {
      let count = number(at: directory, isBig ? 8 : 2)
      directory = number(
        at: directory + (isBig ? 8 : 2) + count * (isBig ? 20 : 12), isBig ? 8 : 4)
    }
    let (offsets, counts) = (
      values(of: [273, 324], in: directory), values(of: [279, 325], in: directory)
    )
    return zip(offsets, counts).filter { $0.1 > 0 }.map { $0.0..<$0.0 + $0.1 }
  }

  private func number(at place: Int, _ size: Int) -> Int {
    let part = bytes[place..<place + size]
    return (isLittleEndian ? Array(part.reversed()) : Array(part)).reduce(0) { $0 << 8 | Int($1) }
  }

  private func values(of tags: [Int], in directory: Int) -> [Int] {
    let (head, entry, word) = isBig ? (8, 20, 8) : (2, 12, 4)
    for index in 0..<number(at: directory, head) {
      let place = directory + head + index * entry
      guard tags.contains(number(at: place, 2)) else { continue }
      let size = [3: 2, 4: 4, 16: 8][number(at: place + 2, 2)]!
      let count = number(at: place + 4, word)
      let field = place + 4 + word
      let first = count * size <= word ? field : number(at: field, word)
      return (0..<count).map { number(at: first + $0 * size, size) }
    }
    return []
  }

  /// A TIFF of 8 × `rows` bytes in one strip of 8 rows or more.
  ///
  /// - Parameter compression: TIFF's number of the method, 8 for DEFLATE, 50000 for ZSTD.
  public static func strip(_ packed: [UInt8], rows: Int, compression: Int) -> Data {
    let tags: [(Int, Int)] = [
      (256, 8), (257, rows), (258, 8), (259, compression), (262, 1), (273, 8), (277, 1),
      (278, rows), (279, packed.count),
    ]
    func bytes(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let padded = packed + [UInt8](repeating: 0, count: packed.count % 2)
    var file: [UInt8] = [0x49, 0x49, 42, 0] + bytes(8 + padded.count, 4) + padded
    file += bytes(tags.count, 2)
    for (tag, value) in tags { file += bytes(tag, 2) + bytes(4, 2) + bytes(1, 4) + bytes(value, 4) }
    return Data(file + bytes(0, 4))
  }
}
