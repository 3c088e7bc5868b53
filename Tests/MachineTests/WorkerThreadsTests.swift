import Foundation
import RasterCore
import Synchronization
import Testing

@testable import Machine

@Suite("Threads that share numbered work") struct WorkerThreadsTests {
  private static let failure = HabitatError(.input, "test", "no", at: "here", fix: "none")

  @Test("each piece is worked on once, and results come in the order of the items")
  func map() throws {
    for threads in [0, 1, 3, 200] {
      let values = try WorkerThreads.map(Array(0..<100), threads: threads) {
        () throws(HabitatError) in { (item) throws(HabitatError) in item * item }
      }
      #expect(values == (0..<100).map { $0 * $0 })
    }
    let nothing = try WorkerThreads.map([Int](), threads: 4) {
      () throws(HabitatError) in { (item) throws(HabitatError) in item }
    }
    #expect(nothing.isEmpty)
  }

  @Test("after a failure the others take no more pieces")
  func failure() throws {
    let begun = Atomic<Int>(0)
    let hasFailed = DispatchSemaphore(value: 0)
    let error = #expect(throws: HabitatError.self) {
      try WorkerThreads.run(1_000_000, threads: 2) { numbers throws(HabitatError) in
        while let number = numbers.next() {
          begun.wrappingAdd(1, ordering: .relaxed)
          if number == 0 {
            hasFailed.signal()
            throw Self.failure
          }
          // The first piece fails before the second is done with.
          if number == 1 { hasFailed.wait() }
          usleep(1000)
        }
      }
    }
    #expect(error == Self.failure)
    #expect(begun.load(ordering: .relaxed) < 10_000)
  }

  @Test("what is thrown is of the lowest piece, not of the fastest thread")
  func lowestFailure() throws {
    let hasFailed = DispatchSemaphore(value: 0)
    let error = #expect(throws: HabitatError.self) {
      try WorkerThreads.run(10, threads: 4) { numbers throws(HabitatError) in
        while let number = numbers.next() {
          guard number == 2 || number == 3 else { continue }
          if number == 2 { hasFailed.wait() }
          defer { if number == 3 { hasFailed.signal() } }
          throw HabitatError(.input, "test", "no", at: "piece \(number)", fix: "none")
        }
      }
    }
    #expect(error?.location == "piece 2")
  }
}
