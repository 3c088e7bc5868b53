import GeoIO
import Testing

@testable import Machine

@Suite("Pages of libraries") struct LibraryPagesTests {
  @Test("what is given back are mappings of files, without rights to write or a changed page")
  func choice() {
    func mapping(_ line: String, own: Int) -> String {
      "\(line)\nSize: 8 kB\nAnonymous: \(own) kB\nVmFlags: rd ex mr mw me sd\n"
    }
    let text =
      mapping("1000-3000 r-xp 00000000 08:01 7    /usr/lib/a b.so", own: 0)
      + mapping("3000-4000 r--p 00002000 08:01 7    /usr/lib/relocated.so", own: 4)
      + mapping("4000-5000 rw-p 00003000 08:01 7    /usr/lib/written.so", own: 0)
      + mapping("6000-7000 r--p 00000000 00:00 0", own: 0)
      + mapping("7000-8000 r-xp 00000000 00:00 0    [vdso]", own: 0)
    #expect(LibraryPages.unchangedMappings(in: text) == [0x1000..<0x3000])
  }

  @Test("a process that has given its pages back holds less and goes on")
  func givingBack() throws {
    _ = GeospatialLibraries.gdalVersion
    let before = try #require(filePages())
    LibraryPages.giveBack()
    #expect(try #require(filePages()) < before)
    #expect(GeospatialLibraries.projVersion.contains("."))
  }

  /// Of `/proc/self/statm`: pages of files that lie in memory.
  private func filePages() -> Int? {
    SystemFile.text(of: "/proc/self/statm")?.split(separator: " ").dropFirst(2).first
      .flatMap { Int($0) }
  }
}
