import RasterCore

/// The header of a netCDF file of one of the classic formats, which says where each variable lies.
///
/// Source: Unidata, *The NetCDF Classic Format Specification* (CDF-1, CDF-2 and CDF-5).
struct ClassicNetCDFHeader {
  /// Where the last cell of the last variable ends.
  let bytes: Int

  /// More than headers have.
  private static let mostBytes = 16 << 20

  /// `nil` where the file is of HDF5, or the header is not understood: its library refuses what it does not.
  init?(of path: String) {
    var bytes: [UInt8] = []
    _ = FileSystem.read(path, atMost: 1 << 16) { part in
      bytes += part
      // The first bytes tell whether it is one at all.
      return bytes.starts(with: Array("CDF".utf8)) && bytes.count < Self.mostBytes
        && Reader(bytes)?.end == nil
    }
    guard let end = Reader(bytes)?.end else { return nil }
    self.bytes = end
  }

  /// Reads numbers, highest byte first; `nil` once bytes run out.
  private struct Reader {
    private let bytes: [UInt8]
    private var place = 4
    /// Of counts and of positions in the file.
    private let (countSize, offsetSize): (Int, Int)

    init?(_ bytes: [UInt8]) {
      guard bytes.count > 4, bytes.starts(with: Array("CDF".utf8)), [1, 2, 5].contains(bytes[3])
      else { return nil }
      self.bytes = bytes
      countSize = bytes[3] == 5 ? 8 : 4
      offsetSize = bytes[3] == 1 ? 4 : 8
    }

    private mutating func number(_ size: Int) -> Int? {
      guard place + size <= bytes.count else { return nil }
      defer { place += size }
      let value = bytes[place..<place + size].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Int(exactly: value)
    }

    /// More than any variable has: of what is damaged no sum of sizes may overflow.
    private static let mostValues = 1 << 40

    private mutating func count() -> Int? {
      guard let count = number(countSize), count < Self.mostValues else { return nil }
      return count
    }

    /// Passes over bytes, filled up to a multiple of four.
    private mutating func skip(_ count: Int) -> Bool {
      let padded = (count + 3) / 4 * 4
      guard padded <= bytes.count - place else { return false }
      place += padded
      return true
    }

    private mutating func skipName() -> Bool {
      guard let length = count() else { return false }
      return skip(length)
    }

    /// The elements of a list, whose tag is 0 where there are none.
    private mutating func list() -> Int? {
      guard number(4) != nil else { return nil }
      return count()
    }

    private static func size(ofType type: Int) -> Int? {
      switch type {
      case 1, 2, 7: 1
      case 3, 8: 2
      case 4, 5, 9: 4
      case 6, 10, 11: 8
      default: nil
      }
    }

    private mutating func skipAttributes() -> Bool {
      guard let attributes = list() else { return false }
      for _ in 0..<attributes {
        guard skipName(), let type = number(4), let size = Self.size(ofType: type),
          let values = count(), skip(values * size)
        else { return false }
      }
      return true
    }

    /// A variable: where it begins, and the bytes of all its values, or of those of one record.
    private struct Variable {
      let begin: Int
      let bytes: Int
      let isRecord: Bool
    }

    private mutating func variable(_ lengths: [Int]) -> Variable? {
      guard skipName(), let dimensions = count(), dimensions <= 1024 else { return nil }
      var (values, isRecord) = (1, false)
      for index in 0..<dimensions {
        guard let number = count(), number < lengths.count else { return nil }
        // The length of the dimension of records is 0.
        if index == 0, lengths[number] == 0 {
          isRecord = true
          continue
        }
        let (product, isTooLarge) = values.multipliedReportingOverflow(by: lengths[number])
        guard !isTooLarge, product < Self.mostValues else { return nil }
        values = product
      }
      guard skipAttributes(), let type = number(4), let size = Self.size(ofType: type),
        number(countSize) != nil, let begin = number(offsetSize), begin < 1 << 50
      else { return nil }
      return Variable(begin: begin, bytes: values * size, isRecord: isRecord)
    }

    /// `nil` while the header is not whole.
    var end: Int? {
      var reader = self
      return reader.read()
    }

    private mutating func read() -> Int? {
      // All bits are set while records are being written.
      let isStreaming = countSize == 4 && bytes.dropFirst(4).prefix(4).allSatisfy { $0 == 255 }
      guard let records = count(), let dimensions = list() else { return nil }
      var lengths: [Int] = []
      for _ in 0..<dimensions {
        guard skipName(), let length = count() else { return nil }
        lengths.append(length)
      }
      guard skipAttributes(), let number = list() else { return nil }
      var variables: [Variable] = []
      for _ in 0..<number {
        guard let variable = variable(lengths) else { return nil }
        variables.append(variable)
      }
      let inRecords = variables.filter(\.isRecord)
      // A record is not filled up where it holds one variable only.
      let record =
        inRecords.count == 1
        ? inRecords[0].bytes : inRecords.reduce(0) { $0 + ($1.bytes + 3) / 4 * 4 }
      let (earlier, isTooLarge) = max(0, records - 1).multipliedReportingOverflow(by: record)
      guard !isTooLarge, earlier < 1 << 50 else { return nil }
      return variables.map { variable in
        guard variable.isRecord else { return variable.begin + variable.bytes }
        guard records > 0, !isStreaming else { return 0 }
        return variable.begin + earlier + variable.bytes
      }.max() ?? 0
    }
  }
}
