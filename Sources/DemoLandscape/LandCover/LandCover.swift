import RasterCore

/// The land cover of the whole frame, one code a cell, row by row from the north-west.
struct LandCover: Sendable {
  let codes: [UInt8]
  let thresholds: CoverThresholds
  let blend: BorderBlend

  init(terrain: Terrain, settlements: [Settlement]) {
    let blend = BorderBlend()
    let rivers = RiverCourses(of: terrain).cells()
    let scores = CoverScores(
      terrain: terrain, builtness: Self.builtness(settlements),
      peopled: PeopledField(settlements))
    let water = parallelPieces(Frame.rows) { row in
      (0..<Frame.columns).map { column in
        let point = Frame.cellCentre(column: column, row: row)
        return rivers[row * Frame.columns + column] || terrain.isSea(at: point)
          || terrain.isLake(at: point)
      }
    }
    let thresholds = CoverThresholds(samples: Self.samples(water, scores, blend))
    let raw = parallelPieces(Frame.rows) { row in
      (0..<Frame.columns).map { column in
        if water[row * Frame.columns + column] { return LandCategory.water.rawValue }
        let share = blend.value(at: Frame.cellCentre(column: column, row: row))
        let scores = scores.scores(column: column, row: row)
        return thresholds.category(scores, blend: share).rawValue
      }
    }
    codes = Sieve.sieved(raw, columns: Frame.columns, rows: Frame.rows)
    (self.thresholds, self.blend) = (thresholds, blend)
  }

  /// The builtness on the edge of `settlement`.
  func builtThreshold(for settlement: Settlement) -> Double {
    thresholds.threshold(0, blend: blend.value(at: settlement.centre))
  }

  private static func builtness(_ settlements: [Settlement]) -> [Float] {
    var values = [Float](repeating: 0, count: Frame.columns * Frame.rows)
    for settlement in settlements {
      let (centre, reach) = (settlement.centre, 5 * settlement.kind.radius)
      let window = Frame.cells(
        from: Point(x: centre.x - reach, y: centre.y - reach),
        to: Point(x: centre.x + reach, y: centre.y + reach))
      for row in window.rowRange {
        for column in window.columnRange {
          let value = settlement.builtness(at: Frame.cellCentre(column: column, row: row))
          let cell = row * Frame.columns + column
          values[cell] = max(values[cell], Float(value))
        }
      }
    }
    return values
  }

  private static func samples(
    _ water: [Bool], _ scores: CoverScores, _ blend: BorderBlend
  ) -> [CoverThresholds.Sample] {
    let parks = Park.all.map { Chain(points: $0.outline) }
    return parallelPieces(Frame.rows / 3) { third in
      let row = 3 * third + 1
      var samples: [CoverThresholds.Sample] = []
      for column in stride(from: 1, to: Frame.columns, by: 3) {
        let centre = Frame.cellCentre(column: column, row: row)
        let place = TransverseMercator.unproject(centre)
        guard let park = parks.firstIndex(where: { $0.encloses(place) }) else { continue }
        let isWater = water[row * Frame.columns + column]
        samples.append(
          CoverThresholds.Sample(
            park: park, blend: blend.value(at: centre),
            scores: isWater ? [] : scores.scores(column: column, row: row), isWater: isWater))
      }
      return samples
    }
  }
}
