import Foundation

/// Pages of the program and its libraries that lie in memory.
///
/// GDAL brings more than a hundred libraries. What opening files and registering drivers takes of them stays
/// in memory, tens of megabytes, although the work on cells never looks at it again.
package enum LibraryPages {
  /// Gives back the pages that are as they stand in their files: whatever is needed again is mapped again,
  /// within microseconds as long as the system keeps it.
  ///
  /// Mappings with a single page of their own, relocated or written to, are left alone: it would be lost.
  package static func giveBack() {
    guard let text = SystemFile.text(of: "/proc/self/smaps") else { return }
    for mapping in unchangedMappings(in: text) {
      unsafe _ = madvise(
        UnsafeMutableRawPointer(bitPattern: mapping.lowerBound), Int(mapping.count), MADV_DONTNEED)
    }
  }

  /// Addresses of mappings of files that cannot be written to and of which no page has been changed.
  static func unchangedMappings(in smaps: String) -> [Range<UInt>] {
    var mappings: [Range<UInt>] = []
    var candidate: Range<UInt>?
    for line in smaps.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 5)
      if words.count == 6, words[1].count == 4 {
        candidate =
          words[1].dropFirst().first == "-" && words[5].contains("/") ? range(words[0]) : nil
      } else if line.hasPrefix("Anonymous:"), words.count > 1 {
        if let candidate, words[1] == "0" { mappings.append(candidate) }
        candidate = nil
      }
    }
    return mappings
  }

  private static func range(_ text: Substring) -> Range<UInt>? {
    let ends = text.split(separator: "-").compactMap { UInt($0, radix: 16) }
    return ends.count == 2 && ends[0] < ends[1] ? ends[0]..<ends[1] : nil
  }
}
