import Foundation
import GeoIO
import RasterCore
import TestSupport

/// Elevation and slope as the rules of the analysis state them: one cell after another, in doubles,
/// every position placed by PROJ.
struct SlowTerrain {
  /// One DEM lattice: NaN where it has no height.
  struct Level {
    let grid: Grid
    let heights: Raster<Double>
    let samples: Int
    /// Slopes in degrees of all its cells, NaN likewise.
    var slopes = Raster<Double>(columns: 0, rows: 0, cells: [])

    init(_ grid: Grid, _ heights: Raster<Double>, samples: Int) throws {
      (self.grid, self.heights, self.samples) = (grid, heights, samples)
      let transform = try CoordinateTransform(from: grid.crs, to: grid.crs.geographicBase)
      var slopes: [Double] = []
      for row in 0..<grid.rows {
        for column in 0..<grid.columns { slopes.append(slope(column, row, transform)) }
      }
      self.slopes = Raster(columns: grid.columns, rows: grid.rows, cells: slopes)
    }

    private func isInside(_ column: Int, _ row: Int) -> Bool {
      (0..<grid.columns).contains(column) && (0..<grid.rows).contains(row)
    }

    /// Inside, the height; outside, 2·z₀ − z₁ from the rows, then from the columns.
    private func extended(_ column: Int, _ row: Int) -> Double {
      if isInside(column, row) { return heights[column, row] }
      if row < 0 || row >= grid.rows, (0..<grid.columns).contains(column) {
        guard grid.rows > 1 else { return .nan }
        let step = row < 0 ? 1 : -1
        return 2 * extended(column, row + step) - extended(column, row + 2 * step)
      }
      guard grid.columns > 1 else { return .nan }
      let step = column < 0 ? 1 : -1
      return 2 * extended(column + step, row) - extended(column + 2 * step, row)
    }

    /// Metres east and north of a step of one cell along the row and down the column.
    private func steps(
      _ column: Int, _ row: Int, _ transform: borrowing CoordinateTransform
    ) -> (column: SIMD2<Double>, row: SIMD2<Double>) {
      let (x, y) = (Double(column) + 0.5, Double(row) + 0.5)
      let base = grid.crs.geographicBase
      let here = transform.transform(grid.geotransform.point(column: x, row: y))
      let latitude = here.y * base.unit
      let e2 = base.ellipsoid.squaredEccentricity
      let w = 1 - e2 * sin(latitude) * sin(latitude)
      let prime = base.ellipsoid.semiMajorAxis / w.squareRoot()
      let meridian = prime * (1 - e2) / w
      let delta = 0.01
      func step(_ dx: Double, _ dy: Double) -> SIMD2<Double> {
        let ahead = transform.transform(
          grid.geotransform.point(column: x + delta * dx, row: y + delta * dy))
        let behind = transform.transform(
          grid.geotransform.point(column: x - delta * dx, row: y - delta * dy))
        return SIMD2(
          (ahead.x - behind.x) * base.unit * prime * cos(latitude),
          (ahead.y - behind.y) * base.unit * meridian) / (2 * delta)
      }
      return (step(1, 0), step(0, 1))
    }

    /// Horn (1981): weighted differences, solved for the gradient on the ground.
    private func slope(
      _ column: Int, _ row: Int, _ transform: borrowing CoordinateTransform
    ) -> Double {
      let centre = heights[column, row]
      guard !centre.isNaN else { return .nan }
      func z(_ dx: Int, _ dy: Int) -> Double {
        let value = extended(column + dx, row + dy)
        return value.isNaN ? centre : value
      }
      let along = (z(1, -1) + 2 * z(1, 0) + z(1, 1) - z(-1, -1) - 2 * z(-1, 0) - z(-1, 1)) / 8
      let down = (z(-1, 1) + 2 * z(0, 1) + z(1, 1) - z(-1, -1) - 2 * z(0, -1) - z(1, -1)) / 8
      let (a, b) = steps(column, row, transform)
      // a · g = along and b · g = down, by Cramer's rule.
      let determinant = a.x * b.y - a.y * b.x
      let east = (along * b.y - down * a.y) / determinant
      let north = (a.x * down - b.x * along) / determinant
      return atan((east * east + north * north).squareRoot()) * 180 / .pi
    }

    func sample(_ values: Raster<Double>, _ position: Point) -> Double {
      let (x, y) = (position.x - 0.5, position.y - 0.5)
      guard x.isFinite, y.isFinite else { return .nan }
      let (column, row) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
      let (fx, fy) = (x - Double(column), y - Double(row))
      var (sum, weights) = (0.0, 0.0)
      for (dx, dy, weight) in [
        (0, 0, (1 - fx) * (1 - fy)), (1, 0, fx * (1 - fy)), (0, 1, (1 - fx) * fy), (1, 1, fx * fy),
      ] where isInside(column + dx, row + dy) {
        let value = values[column + dx, row + dy]
        guard !value.isNaN else { continue }
        sum += weight * value
        weights += weight
      }
      return weights > 1e-6 ? sum / weights : .nan
    }
  }

  let levels: [Level]
  let grid: Grid

  /// Elevation and slope of all cells of the grid.
  func values() throws -> (elevation: [Double], slope: [Double]) {
    var elevation = [Double](repeating: .nan, count: grid.cellCount)
    var slope = elevation
    for level in levels {
      let transform = try CoordinateTransform(from: grid.crs, to: level.grid.crs)
      for cell in 0..<grid.cellCount where elevation[cell].isNaN {
        var (heights, slopes): ([Double], [Double]) = ([], [])
        for index in 0..<level.samples * level.samples {
          let n = Double(level.samples)
          let point = grid.geotransform.point(
            column: Double(cell % grid.columns) + (Double(index % level.samples) + 0.5) / n,
            row: Double(cell / grid.columns) + (Double(index / level.samples) + 0.5) / n)
          let position = level.grid.geotransform.index(of: transform.transform(point))
          heights.append(level.sample(level.heights, position))
          slopes.append(level.sample(level.slopes, position))
        }
        func mean(_ values: [Double]) -> Double {
          let valid = values.filter { !$0.isNaN }
          return valid.reduce(0, +) / Double(valid.count)
        }
        (elevation[cell], slope[cell]) = (mean(heights), mean(slopes))
      }
    }
    return (elevation, slope)
  }
}
