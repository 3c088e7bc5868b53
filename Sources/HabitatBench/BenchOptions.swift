import RasterCore

/// What the command line asks for.
struct BenchOptions {
  var size = 4_000
  var runs = 3
  /// Where the figures go as JSON.
  var json: String?
  /// Where the landscape stays; without it a folder for the time of the benchmark.
  var keep: String?
  /// Cells along a side of a second, larger landscape, for the time per cell at scale.
  var scale: Int?
  /// The folder of the peers' scripts.
  var peers: String?
  /// The interpreter that has what the peers need.
  var python = "python3"
  /// Of the numbers of vertices, parts and copies of the outlines that are timed.
  var shareOfOutlines = 1.0

  static let usage = """
    habitat-bench [--size N] [--runs N] [--scale N] [--peers DIR] [--json FILE] [--keep DIR] [--quick]

    Makes a landscape and times whole runs and their stages on it, each beside the floor: decoding the
    inputs and encoding the class rasters, and nothing else.

      --size N     cells along a side of the land cover (4000)
      --runs N     rounds; figures are medians over them (3)
      --json FILE  writes the figures as JSON
      --keep DIR   keeps the landscape there, or takes the one that is there
      --scale N    times one species on N × N cells, too, and compares the time per cell
      --peers DIR  times the scripts peer_*.py and peer_*.sh of DIR on the same inputs, with their model
                   leopard.json as a product model, where what they need is installed
      --python P   the interpreter for the peers (python3); large outlines are timed beside its exactextract
      --quick      600 × 600 cells and one round: whether all works, not how fast

    Example: habitat-bench --size 10000 --json bench.json --keep /tmp/bench
             habitat-bench --size 5000 --runs 1 --scale 40000 --keep /tmp/bench

    """

  /// - Throws: `.usage`, slug `bad-option`.
  init(_ arguments: [String]) throws(HabitatError) {
    var rest = arguments[...]
    while let option = rest.popFirst() {
      if option == "--quick" {
        (size, runs, shareOfOutlines) = (600, 1, 0.02)
        continue
      }
      guard let value = rest.popFirst() else { throw Self.misfit(option, "it has no value") }
      switch option {
      case "--size": size = try Self.number(option, value, in: 64...100_000)
      case "--runs": runs = try Self.number(option, value, in: 1...1_000)
      case "--json": json = value
      case "--keep": keep = value
      case "--scale": scale = try Self.number(option, value, in: 64...100_000)
      case "--peers": peers = value
      case "--python": python = value
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
