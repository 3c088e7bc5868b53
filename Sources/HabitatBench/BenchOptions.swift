import RasterCore

/// What the command line asks for.
struct BenchOptions {
  var size = 4_000
  var runs = 3
  /// Where the figures go as JSON.
  var json: String?
  /// Where the landscape stays; without it a folder for the time of the benchmark.
  var keep: String?

  static let usage = """
    habitat-bench [--size N] [--runs N] [--json FILE] [--keep DIR]

    Makes a landscape and times whole runs and their stages on it, each beside the floor: decoding the
    inputs and encoding the class rasters, and nothing else.

      --size N     cells along a side of the land cover (4000)
      --runs N     rounds; figures are medians over them (3)
      --json FILE  writes the figures as JSON
      --keep DIR   keeps the landscape there, or takes the one that is there

    Example: habitat-bench --size 10000 --json bench.json --keep /tmp/bench

    """

  /// - Throws: `.usage`, slug `bad-option`.
  init(_ arguments: [String]) throws(HabitatError) {
    var rest = arguments[...]
    while let option = rest.popFirst() {
      guard let value = rest.popFirst() else { throw Self.misfit(option, "it has no value") }
      switch option {
      case "--size": size = try Self.number(option, value, in: 64...100_000)
      case "--runs": runs = try Self.number(option, value, in: 1...1_000)
      case "--json": json = value
      case "--keep": keep = value
      default: throw Self.misfit(option, "there is no such option")
      }
    }
  }

  private static func number(
    _ option: String, _ value: String, in range: ClosedRange<Int>
  ) throws(HabitatError) -> Int {
    guard let number = Int(value), range.contains(number) else {
      throw misfit("\(option) \(value)", "not a whole number of \(range)")
    }
    return number
  }

  private static func misfit(_ location: String, _ what: String) -> HabitatError {
    HabitatError(.usage, "bad-option", what, at: location, fix: "see habitat-bench --help")
  }
}
