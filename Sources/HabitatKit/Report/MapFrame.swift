import Foundation
import GeoIO
import RasterCore
import Reporting

/// How places of a grid lie on the report's maps, and on the Earth.
struct MapFrame: ~Copyable {
  let grid: Grid
  /// Map units.
  let width: Double
  let height: Double
  /// Map units to a column and to a row.
  private let columnStep: Double
  private let rowStep: Double
  private let toGeographic: CoordinateTransform
  private let toGrid: CoordinateTransform
  private let geographic: CoordinateReferenceSystem
  /// Degrees to a unit of the geographic CRS, which may count grads.
  private let degrees: Double

  /// - Throws: `.input`, slug `no-transform`.
  init(_ grid: Grid) throws(HabitatError) {
    let geographic = grid.crs.geographicBase
    let toGeographic = try CoordinateTransform(from: grid.crs, to: geographic)
    let toGrid = try CoordinateTransform(from: geographic, to: grid.crs)
    let steps = Self.cellSides(of: grid, geographic, toGeographic)
    let sides = SIMD2(Double(grid.columns), Double(grid.rows)) * steps
    let scale = ReportMap.side / sides.max()
    self.grid = grid
    self.geographic = geographic
    degrees = geographic.unit * 180 / Double.pi
    self.toGeographic = toGeographic
    self.toGrid = toGrid
    columnStep = steps.x * scale
    rowStep = steps.y * scale
    width = sides.x * scale
    height = sides.y * scale
  }

  /// Metres to a column and to a row in the middle of a grid; where that is nowhere on Earth, units of its
  /// CRS.
  private static func cellSides(
    of grid: Grid, _ geographic: CoordinateReferenceSystem,
    _ toGeographic: borrowing CoordinateTransform
  ) -> SIMD2<Double> {
    let (column, row) = (Double(grid.columns) / 2, Double(grid.rows) / 2)
    var points = [(-0.5, 0.0), (0.5, 0), (0, -0.5), (0, 0.5)].map {
      grid.geotransform.point(column: column + $0.0, row: row + $0.1)
    }
    toGeographic.transform(&points)
    let sides = SIMD2(
      metres(points[0], points[1], geographic), metres(points[2], points[3], geographic))
    if sides.x > 0, sides.y > 0 { return sides }
    let step = grid.geotransform
    return SIMD2(
      hypot(step.columnStepX, step.columnStepY), hypot(step.rowStepX, step.rowStepY))
  }

  // MARK: Places

  /// Where a point of the grid's CRS lies on the map.
  func position(of point: Point) -> Point {
    let index = grid.geotransform.index(of: point)
    return Point(x: index.x * columnStep, y: index.y * rowStep)
  }

  /// Where cells lie on the map.
  func box(of window: Window) -> Extent {
    Extent(
      minX: Double(window.column) * columnStep, minY: Double(window.row) * rowStep,
      maxX: Double(window.column + window.columns) * columnStep,
      maxY: Double(window.row + window.rows) * rowStep)
  }

  /// Columns and rows of the grid under a part of the map.
  func cells(under part: Extent) -> Extent {
    Extent(
      minX: part.minX / columnStep, minY: part.minY / rowStep, maxX: part.maxX / columnStep,
      maxY: part.maxY / rowStep)
  }

  /// Map units to the shorter side of a cell.
  var cell: Double { min(columnStep, rowStep) }

  /// Longitude and latitude in degrees; longitudes within half a turn of the grid's middle. NaN where a
  /// place is nowhere on Earth.
  func places(of positions: [Point]) -> [Point] {
    let middle = Point(x: width / 2, y: height / 2)
    var points = ([middle] + positions).map {
      grid.geotransform.point(column: $0.x / columnStep, row: $0.y / rowStep)
    }
    toGeographic.transform(&points)
    let turn = 360.0
    return points.dropFirst().map { point in
      let longitude = point.x * degrees
      let middle = points[0].x * degrees
      return Point(
        x: longitude - turn * ((longitude - middle) / turn).rounded(), y: point.y * degrees)
    }
  }

  /// Where places in degrees lie on the map, NaN where the grid's CRS does not reach.
  func positions(of places: [Point]) -> [Point] {
    var points = places.map { Point(x: $0.x / degrees, y: $0.y / degrees) }
    toGrid.transform(&points)
    return points.map { position(of: $0) }
  }

  /// Metres on the ground between two map positions that are near one another.
  func metres(from a: Point, to b: Point) -> Double {
    let places = places(of: [a, b]).map { Point(x: $0.x / degrees, y: $0.y / degrees) }
    return Self.metres(places[0], places[1], geographic)
  }

  private static func metres(
    _ a: Point, _ b: Point, _ geographic: CoordinateReferenceSystem
  ) -> Double {
    let unit = geographic.unit
    let scale = geographic.ellipsoid.metresPerRadian(latitude: (a.y + b.y) / 2 * unit)
    let turn = 2 * Double.pi
    let east = ((b.x - a.x) * unit).remainder(dividingBy: turn) * scale.east
    return hypot(east, (b.y - a.y) * unit * scale.north)
  }

  /// The direction of true north at a map position, in degrees clockwise from up.
  func north(at position: Point) -> Double {
    let place = places(of: [position])[0]
    let step = 0.01
    // Towards the pole that is further away, so that the step does not pass the other.
    let sign = place.y > 0 ? -1.0 : 1.0
    let ends = positions(of: [place, Point(x: place.x, y: place.y + sign * step)])
    let angle = atan2(sign * (ends[1].x - ends[0].x), -sign * (ends[1].y - ends[0].y))
    return angle.isFinite ? angle * 180 / Double.pi : 0
  }

  /// Scale and direction in the middle of a part of the map.
  func ground(of view: Extent) -> ReportMap.Ground {
    let middle = Point(x: (view.minX + view.maxX) / 2, y: (view.minY + view.maxY) / 2)
    let east = Point(x: middle.x + ReportMap.side / 1000, y: middle.y)
    let metres = metres(from: middle, to: east) / (east.x - middle.x)
    return ReportMap.Ground(
      metresPerUnit: metres.isFinite ? metres : 0, north: north(at: middle))
  }

  /// Longitude and latitude on a lattice over a part of the map; empty where some are unknown.
  func lattice(over part: Extent, columns: Int, rows: Int) -> ReportMap.Lattice {
    let positions = (0..<columns * rows).map { index in
      Point(
        x: part.minX + part.width * Double(index % columns) / Double(columns - 1),
        y: part.minY + part.height * Double(index / columns) / Double(rows - 1))
    }
    let places = places(of: positions)
    guard places.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
      return ReportMap.Lattice(box: part, columns: 0, rows: 0, places: [], decimals: 0)
    }
    return ReportMap.Lattice(
      box: part, columns: columns, rows: rows, places: places, decimals: decimals(of: places, part))
  }

  /// Decimals of a degree that tell places apart which lie a fiftieth of a cell from one another.
  private func decimals(of places: [Point], _ part: Extent) -> Int {
    guard let box = Extent(around: places) else { return 4 }
    let degree = min(box.width / part.width, box.height / part.height) * cell
    guard degree > 0 else { return 4 }
    return min(max(Int(bounded: (-log10(degree / 50)).rounded(.up)), 4), 9)
  }
}
