import Foundation

/// Which park of a run is which published one, by name alone and never by a guess.
struct ParkMatch: Hashable {
  /// Indices of a published row and of the run's row that stand for the same park.
  struct Pair: Hashable {
    let published: Int
    let computed: Int
  }

  /// In the order of the published rows.
  let pairs: [Pair]
  /// Published rows with several candidates, or sharing a candidate with another: none is taken.
  let ambiguous: [Int]
  /// Published rows that no park of the run is called like.
  let absent: [Int]
  /// Parks of the run without a published counterpart.
  let unpublished: [Int]

  /// - Parameters:
  ///   - published: all names of each published park.
  ///   - computed: the names of the run's parks.
  init(published: [[String]], computed: [String]) {
    let known = published.map { Set($0.map(Self.key)) }
    let candidates = computed.map { name in
      let keys = Self.keys(of: name)
      return known.indices.filter { !known[$0].isDisjoint(with: keys) }
    }
    var pairs: [Pair] = []
    var (ambiguous, absent): ([Int], [Int]) = ([], [])
    for index in published.indices {
      let parks = candidates.indices.filter { candidates[$0].contains(index) }
      if parks.isEmpty {
        absent.append(index)
      } else if parks.count == 1, candidates[parks[0]].count == 1 {
        pairs.append(Pair(published: index, computed: parks[0]))
      } else {
        ambiguous.append(index)
      }
    }
    (self.pairs, self.ambiguous, self.absent) = (pairs, ambiguous, absent)
    unpublished = candidates.indices.filter { candidates[$0].isEmpty }
  }

  /// A name and its parts: what stands in parentheses, what stands without them, and what slashes and
  /// semicolons set apart, as in “Земля леопарда (Land of the Leopard)”.
  static func keys(of name: String) -> Set<String> {
    var (outside, inside) = ("", [String]())
    var depth = 0
    for character in name {
      if "(（[".contains(character) {
        if depth == 0 { inside.append("") }
        depth += 1
      } else if ")）]".contains(character) {
        depth = max(0, depth - 1)
      } else if depth == 0 {
        outside.append(character)
      } else {
        inside[inside.count - 1].append(character)
      }
    }
    let parts = ([outside] + inside).flatMap { $0.split(whereSeparator: { "/;|／；".contains($0) }) }
    return Set(([name, outside] + inside + parts.map(String.init)).map(key).filter { !$0.isEmpty })
  }

  /// Letters and digits alone, without case, accents or width.
  private static func key(_ name: String) -> String {
    name.folding(
      options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil
    ).filter { $0.isLetter || $0.isNumber }
  }
}
