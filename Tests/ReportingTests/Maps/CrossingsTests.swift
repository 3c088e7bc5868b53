import RasterCore
import Testing

@testable import Reporting

@Suite("Where lines meet edges") struct CrossingsTests {
  private let line = [Point(x: 0, y: 0), Point(x: 4, y: 2), Point(x: 0, y: 4), Point(x: 0, y: 6)]

  @Test("a line meets an edge once a piece, where its share of the piece says")
  func crossings() {
    #expect(line.crossings(ofX: 1) == [Point(x: 1, y: 0.5), Point(x: 1, y: 3.5)])
    #expect(line.crossings(ofY: 3) == [Point(x: 2, y: 3)])
    #expect(line.crossings(ofY: 7).isEmpty && line.crossings(ofX: 5).isEmpty)
  }

  @Test("a piece that runs along an edge does not cross it, but those that end on it do")
  func along() {
    #expect(line.crossings(ofX: 0) == [Point(x: 0, y: 0), Point(x: 0, y: 4)])
  }
}
