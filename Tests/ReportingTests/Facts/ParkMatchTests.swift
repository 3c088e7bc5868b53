import Testing

@testable import Reporting

@Suite("Parks matched by name") struct ParkMatchTests {
  private static let published = PublishedTable.leopard.rows.map(\.names)

  private static func match(_ names: String...) -> ParkMatch {
    ParkMatch(published: published, computed: names)
  }

  @Test(
    "a park is found under its printed name, abbreviation and names in Russian and Chinese",
    arguments: [
      ("Land of the Leopard", 0), ("LAND OF THE  LEOPARD national park", 0), ("LLNP", 0),
      ("Land of the Leopard National Park (LLNP)", 0), ("Национальный парк «Земля леопарда»", 0),
      ("земля Леопарда / Land of Leopard", 0), ("豹之乡国家公园", 0),
      ("Northeast Tiger and Leopard National Park", 1), ("NTLNP", 1), ("ＮＴＬＮＰ", 1),
      ("North-East Tiger and Leopard National Park", 1), ("东北虎豹国家公园", 1),
      ("东北虎豹国家公园（NTLNP）", 1),
    ])
  func known(name: String, published: Int) {
    #expect(Self.match("Elsewhere", name).pairs == [.init(published: published, computed: 1)])
  }

  @Test(
    "what only resembles a name is no match",
    arguments: [
      "Leopard", "National Park", "Land of the Leopards", "Land of the Leopard buffer zone", "",
      "Tiger and Leopard", "Kedrovaya Pad",
    ])
  func resembles(name: String) {
    let match = Self.match(name)
    #expect(match.pairs.isEmpty && match.ambiguous.isEmpty)
    #expect(match.absent == [0, 1] && match.unpublished == [0])
  }

  @Test("two candidates are none: nothing is guessed") func ambiguous() {
    let twice = Self.match("LLNP", "NTLNP", "Land of the Leopard")
    #expect(twice.ambiguous == [0] && twice.pairs == [.init(published: 1, computed: 1)])
    let both = Self.match("Land of the Leopard / NTLNP")
    #expect(both.ambiguous == [0, 1] && both.pairs.isEmpty && both.unpublished.isEmpty)
  }

  @Test("no name stands for two published parks") func distinct() {
    let keys = Self.published.map { Set($0.flatMap(ParkMatch.keys)) }
    #expect(keys[0].isDisjoint(with: keys[1]))
  }
}
