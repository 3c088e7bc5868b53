extension Core {
  /// The cores without the cells that one of a lower number has too, so that each cell is of one core at most.
  ///
  /// - Returns: the cores in rising order, some of which may be left without a cell, and of those that lost cells what
  ///   they lost.
  package static func withoutOverlaps(
    _ cores: [Core], columns: Int, rows: Int
  ) -> (cores: [Core], lost: [Core]) {
    var isTaken = Array(repeating: false, count: columns * rows)
    var (kept, lost): ([Core], [Core]) = ([], [])
    for core in cores.sorted(by: { $0.id < $1.id }) {
      var (own, foreign): ([Run], [Run]) = ([], [])
      for run in core.runs {
        var start = run.columns.lowerBound
        while start < run.columns.upperBound {
          let first = run.row * columns
          let wasTaken = isTaken[first + start]
          var end = start + 1
          while end < run.columns.upperBound, isTaken[first + end] == wasTaken { end += 1 }
          let part = Run(row: run.row, columns: start..<end)
          if wasTaken { foreign.append(part) } else { own.append(part) }
          start = end
        }
      }
      for run in own {
        for column in run.columns { isTaken[run.row * columns + column] = true }
      }
      kept.append(Core(id: core.id, runs: own))
      if !foreign.isEmpty { lost.append(Core(id: core.id, runs: foreign)) }
    }
    return (kept, lost)
  }
}
