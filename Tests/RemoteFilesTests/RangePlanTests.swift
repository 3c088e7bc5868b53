import TestSupport
import Testing

@testable import RemoteFiles

@Suite("Requests for ranges")
struct RangePlanTests {
  @Test("neighbours with a small gap are one request, by hand")
  func byHand() {
    let wanted = [300..<350, 0..<100, 110..<200, 200..<210]
    #expect(
      RangePlan.requests(for: wanted, known: RangeSet(), gap: 10, most: 1000) == [
        0..<210, 300..<350,
      ])
    #expect(
      RangePlan.requests(for: wanted, known: RangeSet(), gap: 90, most: 1000) == [0..<350])
    #expect(
      RangePlan.requests(for: wanted, known: RangeSet(), gap: 9, most: 60) == [
        0..<60, 60..<100, 110..<170, 170..<210, 300..<350,
      ])
  }

  @Test("what is there is not asked for, between neighbours neither")
  func known() {
    #expect(
      RangePlan.requests(for: [0..<100, 105..<200], known: RangeSet(50..<60), gap: 10, most: 1000)
        == [0..<50, 60..<200])
    #expect(
      RangePlan.requests(
        for: [0..<100, 105..<200], known: RangeSet(100..<105), gap: 10, most: 1000)
        == [0..<100, 105..<200])
    #expect(RangePlan.requests(for: [5..<9, 3..<3], known: RangeSet(0..<10)).isEmpty)
  }

  @Test("all that is wanted comes once, in order, in pieces that fit", arguments: UInt64(0)..<60)
  func laws(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func ranges(_ count: Int) -> [Range<Int>] {
      (0..<count).map { _ in
        let start = Int.random(in: 0..<1000, using: &random)
        return start..<start + Int.random(in: 0...120, using: &random)
      }
    }
    let (wanted, known) = (ranges(6), RangeSet(ranges(3)))
    let requests = RangePlan.requests(for: wanted, known: known, gap: 20, most: 64)
    #expect(requests.allSatisfy { (1...64).contains($0.count) })
    #expect(zip(requests, requests.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
    let got = RangeSet(requests)
    #expect(RangeSet(wanted).subtracting(known).isSubset(of: got))
    #expect(got.intersection(known).isEmpty)
    // Nothing but gaps between two that are wanted comes in addition.
    #expect(got.subtracting(RangeSet(wanted)).ranges.allSatisfy { $0.count <= 20 })
  }
}
