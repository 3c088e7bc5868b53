import Foundation
import Machine
import RasterCore
import TestSupport
import Testing

@testable import RemoteFiles

@Suite("Ranges in the cache")
struct CachedRangesTests {
  private static let content = FakeServer.content(10_000)

  private static func fill(_ ranges: CachedRanges, _ places: [Range<Int>]) throws {
    for place in places { try ranges.add(Array(content[place]), at: place.lowerBound) }
  }

  @Test("a range is there for this process and the next once all of it was added")
  func kept() throws {
    try TemporaryFolder.with { folder in
      let first = try CachedRanges(in: folder.path, byteCount: 10_000)
      let second = try CachedRanges(in: folder.path, byteCount: 10_000)
      try Self.fill(first, [100..<200, 200..<300, 9_900..<10_000])
      for ranges in [first, second, try CachedRanges(in: folder.path, byteCount: 10_000)] {
        #expect(ranges.known == RangeSet([100..<300, 9_900..<10_000]))
        #expect(ranges.bytes(in: 150..<250) == Array(Self.content[150..<250]))
        #expect(ranges.bytes(in: 99..<101) == nil)
      }
    }
  }

  @Test("a byte that has flipped is found by the next process, and can be mended")
  func damaged() throws {
    try TemporaryFolder.with { folder in
      try Self.fill(
        try CachedRanges(in: folder.path, byteCount: 10_000), [0..<100, 100..<200, 200..<300])
      var data = try folder.contents(of: "data")
      data[150] ^= 4
      try folder.write(data, to: "data")
      let ranges = try CachedRanges(in: folder.path, byteCount: 10_000)
      #expect(ranges.bytes(in: 0..<100) == Array(Self.content[..<100]))
      #expect(ranges.bytes(in: 50..<120) == nil)
      #expect(ranges.known == RangeSet([0..<100, 200..<300]) && ranges.damagedCount == 1)
      try Self.fill(ranges, [100..<200])
      #expect(ranges.bytes(in: 0..<300) == Array(Self.content[..<300]))
      let next = try CachedRanges(in: folder.path, byteCount: 10_000)
      #expect(next.bytes(in: 0..<300) == Array(Self.content[..<300]) && next.damagedCount == 0)
    }
  }

  /// 52 bytes a record.
  @Test("a journal cut anywhere holds the records before", arguments: [0, 1, 51, 52, 53, 103, 104])
  func cut(length: Int) throws {
    try TemporaryFolder.with { folder in
      try Self.fill(try CachedRanges(in: folder.path, byteCount: 10_000), [0..<10, 20..<30])
      let journal = try folder.contents(of: "ranges")
      #expect(journal.count == 104)
      try folder.write(journal.prefix(length), to: "ranges")
      let ranges = try CachedRanges(in: folder.path, byteCount: 10_000)
      #expect(ranges.known == RangeSet([0..<10, 20..<30].prefix(length / 52)))
      try Self.fill(ranges, [40..<50])
      let next = try CachedRanges(in: folder.path, byteCount: 10_000)
      #expect(next.known == RangeSet([0..<10, 20..<30].prefix(length / 52) + [40..<50]))
    }
  }

  @Test("a journal with a wrong byte is believed up to there", arguments: [3, 20, 50, 60])
  func flipped(place: Int) throws {
    try TemporaryFolder.with { folder in
      try Self.fill(try CachedRanges(in: folder.path, byteCount: 10_000), [0..<10, 20..<30])
      var journal = try folder.contents(of: "ranges")
      journal[place] ^= 1
      try folder.write(journal, to: "ranges")
      let ranges = try CachedRanges(in: folder.path, byteCount: 10_000)
      #expect(ranges.known == RangeSet([0..<10].prefix(place / 52)))
    }
  }

  @Test("threads with files of their own lose nothing of one another")
  func together() throws {
    try TemporaryFolder.with { folder in
      let path = folder.path
      try WorkerThreads.run(8, threads: 8) { numbers in
        let ranges = try! CachedRanges(in: path, byteCount: 10_000)
        while let number = numbers.next() {
          for step in 0..<50 {
            let place = number * 1000 + step * 20
            try! ranges.add(Array(Self.content[place..<place + 20]), at: place)
          }
        }
      }
      let ranges = try CachedRanges(in: path, byteCount: 10_000)
      #expect(ranges.known == RangeSet(0..<8000))
      #expect(ranges.bytes(in: 0..<8000) == Array(Self.content[..<8000]))
    }
  }

  @Test("a folder that is none is a failure of the cache")
  func noFolder() {
    let failure = #expect(throws: RemoteFailure.self) {
      try CachedRanges(in: "/nowhere/at/all", byteCount: 1)
    }
    #expect(failure?.cause == .cache && failure?.error(at: "a").kind == .cannotWrite)
  }
}
