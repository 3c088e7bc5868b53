import RasterCore

/// A legend spread out over all codes of a raster's type, for one look-up a cell.
public struct CategoryTable: Sendable {
  /// The mark of a code that the legend does not know.
  public static let unknown: UInt8 = 255

  public let legend: Legend
  /// The codes the table holds; others are looked up in the legend.
  public let codes: ClosedRange<Int>
  /// By `code - codes.lowerBound`: 0 nodata, 1…10 a category, `unknown`.
  public let marks: [UInt8]
  private let defaults: [Bool]

  /// - Parameter codes: all values of the raster's type, at most 65,536: 0…255, 0…65,535 or
  ///   −32,768…32,767; for wider types any of these, as other codes are found too, slowly.
  public init(_ legend: Legend, codes: ClosedRange<Int> = 0...255) {
    precondition(codes.count <= 65_536, "a table holds at most 65,536 codes")
    self.legend = legend
    self.codes = codes
    let answers = codes.map { legend.category(of: $0) }
    marks = answers.map(Self.mark)
    defaults = answers.map(Self.isDefault)
  }

  /// 0 nodata, 1…10 a category, `unknown`.
  @inlinable public subscript(code: Int) -> UInt8 {
    codes.contains(code) ? marks[code - codes.lowerBound] : Self.mark(legend.category(of: code))
  }

  /// Whether the code is settled by the legend's fallback only.
  public func isDefault(_ code: Int) -> Bool {
    codes.contains(code)
      ? defaults[code - codes.lowerBound] : Self.isDefault(legend.category(of: code))
  }

  @usableFromInline static func mark(_ answer: Legend.Lookup) -> UInt8 {
    switch answer {
    case .category(let category): category.rawValue
    case .byDefault(let category): category?.rawValue ?? 0
    case .nodata: 0
    case .unknown: unknown
    }
  }

  private static func isDefault(_ answer: Legend.Lookup) -> Bool {
    guard case .byDefault = answer else { return false }
    return true
  }
}
