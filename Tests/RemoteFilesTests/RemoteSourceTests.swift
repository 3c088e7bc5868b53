import Foundation
import Machine
import RasterCore
import Synchronization
import TestSupport
import Testing

@testable import RemoteFiles

@Suite("Remote files")
struct RemoteSourceTests {
  private static let content = FakeServer.content(3_000_000)
  private static let address = RemoteAddress(url: "https://a.b/c.tif")!
  private static let blocks = [
    1_000_000..<1_010_000, 1_010_100..<1_020_000, 2_000_000..<2_500_000, 10..<20,
  ]

  private static func source(
    _ server: FakeServer, _ folder: TemporaryFolder, isOffline: Bool = false
  ) -> RemoteSource {
    let clock = RangeFetcher.Clock(now: { Date() }, pause: { _ in })
    return RemoteSource(
      address, cache: RangeCache(folder: folder.path),
      fetcher: RangeFetcher(server.transport, clock: clock), isOffline: isOffline)
  }

  @Test("the head and two requests bring three blocks; the next run asks nothing, offline too")
  func counts() throws {
    try TemporaryFolder.with { folder in
      let server = FakeServer(Self.content)
      let source = Self.source(server, folder)
      try source.fetch(Self.blocks)
      for range in Self.blocks {
        #expect(try source.bytes(in: range) == Array(Self.content[range]))
      }
      #expect(
        server.asked.sorted { $0.lowerBound < $1.lowerBound } == [
          0..<65536, 1_000_000..<1_020_000, 2_000_000..<2_500_000,
        ])
      for isOffline in [false, true] {
        let again = Self.source(server, folder, isOffline: isOffline)
        try again.fetch(Self.blocks)
        for range in Self.blocks {
          #expect(try again.bytes(in: range) == Array(Self.content[range]))
        }
        #expect(try again.version().byteCount == 3_000_000)
      }
      #expect(server.asked.count == 3)
    }
  }

  @Test("offline, what is missing is told in bytes")
  func offline() throws {
    try TemporaryFolder.with { folder in
      let server = FakeServer(Self.content)
      #expect(throws: RemoteFailure(.offline(65536), "")) {
        try Self.source(server, folder, isOffline: true).version()
      }
      _ = try Self.source(server, folder).version()
      #expect(throws: RemoteFailure(.offline(519_900), "")) {
        try Self.source(server, folder, isOffline: true).fetch(Self.blocks)
      }
      #expect(server.asked.count == 1)
    }
  }

  @Test("who reads without a plan fetches more and more at once")
  func straightOn() throws {
    try TemporaryFolder.with { folder in
      let server = FakeServer(Self.content)
      let source = Self.source(server, folder)
      var bytes: [UInt8] = []
      while true {
        let next = try source.bytes(in: bytes.count..<bytes.count + 1000)
        if next.isEmpty { break }
        bytes += next
      }
      #expect(bytes == Self.content)
      // 64 KiB, then about 64, 128, 256, 512, 1024 and the rest.
      #expect(server.asked.count <= 8)
      #expect(try source.bytes(in: 2_999_999..<9_000_000) == Self.content.suffix(1))
    }
  }

  @Test("a file exchanged after any request is a change, with the cache in hand too")
  func exchanged() throws {
    for number in 1...3 {
      try TemporaryFolder.with { folder in
        let new = FakeServer.content(3_000_000).reversed() as [UInt8]
        let server = FakeServer(Self.content) { asked, request in
          asked > number ? FakeServer.reply(request.range, of: new, etag: "\"b\"") : nil
        }
        let source = Self.source(server, folder)
        guard number < 3 else {
          try source.fetch(Self.blocks)
          return
        }
        let failure = #expect(throws: RemoteFailure.self) { try source.fetch(Self.blocks) }
        #expect(failure?.cause == .changed && failure?.error(at: "a").slug == "input-changed")
        // The head is in the cache, and is not given all the same.
        #expect(throws: RemoteFailure.self) { try source.bytes(in: 0..<10) }
        // The next run reads the new one, whole.
        let next = Self.source(server, folder)
        try next.fetch(Self.blocks)
        for range in Self.blocks { #expect(try next.bytes(in: range) == Array(new[range])) }
      }
    }
  }

  @Test("a damaged range of the cache is fetched again, and it alone")
  func damaged() throws {
    try TemporaryFolder.with { folder in
      let server = FakeServer(Self.content)
      try Self.source(server, folder).fetch(Self.blocks)
      let data = try #require(try folder.files(in: ".").keys.first { $0.hasSuffix("/data") })
      var copy = try folder.contents(of: data)
      copy[2_300_000] ^= 1
      try folder.write(copy, to: data)
      let source = Self.source(server, folder)
      for range in Self.blocks {
        #expect(try source.bytes(in: range) == Array(Self.content[range]))
      }
      #expect(source.damagedCount == 1)
      #expect(server.asked.dropFirst(3) == [1_966_080..<2_500_000].map { $0 }[...])
    }
  }

  @Test("what has failed once fails ever after")
  func sticky() throws {
    try TemporaryFolder.with { folder in
      let server = FakeServer(Self.content) { number, _ in
        number == 2 ? FakeServer.reply(0, "HTTP error code : 403") : nil
      }
      let source = Self.source(server, folder)
      let bytes = try source.bytes(in: 0..<4)
      #expect(bytes == Array(Self.content[..<4]))
      #expect(throws: RemoteFailure.self) { try source.fetch([2_000_000..<2_000_001]) }
      #expect(throws: RemoteFailure.self) { try source.bytes(in: 0..<4) }
      #expect(source.failure?.error(at: "a").slug == "source-refused")
      #expect(server.asked.count == 2)
    }
  }

  @Test("threads that want the same share one fetch; many ranges go side by side, eight at most")
  func together() throws {
    try TemporaryFolder.with { folder in
      let server = FakeServer(Self.content) { _, _ in
        Thread.sleep(forTimeInterval: 0.01)
        return nil
      }
      let source = Self.source(server, folder)
      try WorkerThreads.run(8, threads: 8) { numbers in
        while numbers.next() != nil { _ = try! source.bytes(in: 500_000..<500_100) }
      }
      #expect(server.asked.count == 2)
      try source.fetch((0..<20).map { 700_000 + $0 * 100_000..<700_010 + $0 * 100_000 })
      #expect(server.asked.count == 22)
      #expect((2...8).contains(server.state.withLock { $0.mostAtOnce }))
    }
  }

  @Test("two runs at once on one cache are both right")
  func twoRuns() throws {
    try TemporaryFolder.with { folder in
      let server = FakeServer(Self.content)
      try WorkerThreads.run(6, threads: 6) { numbers in
        while numbers.next() != nil {
          let source = Self.source(server, folder)
          for range in Self.blocks {
            let bytes = try! source.bytes(in: range)
            #expect(bytes == Array(Self.content[range]))
          }
        }
      }
    }
  }
}
