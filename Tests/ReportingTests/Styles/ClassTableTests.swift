import Reporting
import Styles
import Testing

@Suite("The attribute table beside a raster")
struct ClassTableTests {
  /// By hand after dBASE III: header of 32 bytes, 32 a field and an end mark, then records.
  @Test("a dBASE file has the fields, widths and values of the table")
  func dbf() {
    let counts = [99, 10, 0, 4_000_000_000, 7]
    let table = ClassTable(.suitabilityClasses, counts: counts, areas: [0, 1.5, 0, 2e6, 1e-7])
    let bytes = table.dbf
    #expect(bytes.prefix(8) == [3, 100, 1, 1, 4, 0, 0, 0])
    let header = 32 + 7 * 32 + 1
    // 257 is 1 + 256.
    let record = 1 + 9 + 18 + 60 + 24 + 3 * 4
    #expect(bytes[8..<12] == [1, 1, UInt8(record), 0])
    #expect(bytes.count == header + 4 * record + 1 && bytes.last == 0x1A)
    func text(_ range: Range<Int>) -> String {
      String(decoding: bytes[range], as: UTF8.self).filter { $0 != " " && $0 != "\0" }
    }
    let names = (0..<7).map { text(32 + 32 * $0..<43 + 32 * $0) }
    #expect(names == ["Value", "Count", "Class", "Area_km2", "Red", "Green", "Blue"])
    let third = header + 2 * record
    #expect(text(third + 1..<third + 10) == "3")
    #expect(text(third + 10..<third + 28) == "4000000000")
    #expect(text(third + 28..<third + 88) == "Mediumsuitable")
    #expect(text(third + 88..<third + 112) == "2000000.000000")
    #expect(text(header + 3 * record + 88..<header + 3 * record + 112) == "0.000000")
    // #4f9e74
    #expect(text(third + 112..<third + record) == "79158116")
  }
}
