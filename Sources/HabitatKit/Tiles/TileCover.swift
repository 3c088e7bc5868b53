import GeoIO
import GroundGeometry
import RasterCore
import RasterLoader

/// Measures what of polygons lies on tiles, on those of several lattices together.
///
/// It cuts outlines, so no cell is read, and tiles may be of any size. Edges of polygons are followed to
/// 0.2 mm, those of a grid, which are long, to 2 cm.
struct TileCover: Sendable {
  private let footprints: [TileFootprint]
  /// Longitude and latitude on the datum of all areas.
  private let ground: CoordinateReferenceSystem

  init(_ footprints: [TileFootprint], ground: CoordinateReferenceSystem) {
    (self.footprints, self.ground) = (footprints, ground)
  }

  /// A part of a polygon that no lattice has been found to hold, in the CRS in which it was cut.
  fileprivate struct Piece {
    let polygon: Int
    let shape: PolygonShape
    let crs: CoordinateReferenceSystem
  }

  /// Square metres of each polygon on tiles.
  ///
  /// - Parameter name: of a polygon, for messages.
  /// - Throws: `.input`: `no-transform` where an outline has no image in a lattice's CRS, `polygon-overlay`.
  func areas(
    of shapes: [PolygonShape], in crs: CoordinateReferenceSystem,
    tolerance: Double = ParkGeometry.finestTolerance, named name: (Int) -> String
  ) throws(HabitatError) -> [Double] {
    var areas = [Double](repeating: 0, count: shapes.count)
    var pieces = shapes.indices.filter { !shapes[$0].isEmpty }
      .map { Piece(polygon: $0, shape: shapes[$0], crs: crs) }
    for footprint in footprints {
      var left: [Piece] = []
      // A geometry costs more than a cut.
      for (crs, group) in pieces.groupedByCRS {
        let geometry = try ParkGeometry(
          parksCRS: crs, grid: footprint.grid, ground: ground, tolerance: tolerance)
        for piece in group {
          let cut = try geometry.cut(piece.shape, by: footprint, at: name(piece.polygon))
          areas[piece.polygon] += cut.area
          left += [
            Piece(polygon: piece.polygon, shape: cut.near, crs: footprint.grid.crs),
            Piece(polygon: piece.polygon, shape: cut.far, crs: crs),
          ].filter { !$0.shape.isEmpty }
        }
      }
      pieces = left
    }
    return areas
  }

  /// Square metres of a grid on tiles, and of all of it.
  ///
  /// Half the Earth has no image in many a projection, and a ring round a pole none in degrees: such windows
  /// are cut in two, down to a cell.
  ///
  /// - Throws: `.input`, slug `polygon-overlay`.
  func area(of grid: Grid) throws(HabitatError) -> (onTiles: Double, whole: Double) {
    let tolerance = 0.02
    let whole = try ParkGeometry(
      parksCRS: grid.crs, grid: grid, ground: ground, tolerance: tolerance)
    let poles = try grid.poles()
    var sum = (onTiles: 0.0, whole: 0.0)
    var windows = [grid.window]
    while let window = windows.popLast() {
      let box = grid.boxOnEarth(of: window)
      guard box.height > 0 else { continue }
      let metres = grid.crs.isGeographic ? grid.crs.unit * 6_371_000 : grid.crs.unit
      let isWide = max(box.width, box.height) * metres > 5e6
      if window.cellCount == 1 || !isWide && !poles.contains(where: box.holds) {
        let shape = PolygonShape(rings: [box.corners])
        do throws(HabitatError) {
          let onTiles = try areas(of: [shape], in: grid.crs, tolerance: tolerance) { _ in
            "landcover"
          }[0]
          sum.whole += try whole.area(of: shape, at: "landcover")
          sum.onTiles += onTiles
          continue
        } catch {
          guard error.slug == "no-transform" else { throw error }
          if window.cellCount == 1 { continue }
        }
      }
      windows += window.halves
    }
    return sum
  }
}

extension Grid {
  /// Where the poles lie in the grid's CRS, those that it can express; none in degrees, which show them as
  /// lines.
  fileprivate func poles() throws(HabitatError) -> [Point] {
    guard !crs.isGeographic else { return [] }
    let geographic = crs.geographicBase
    let quarter = Double.pi / 2 / geographic.unit
    var points = [Point(x: 0, y: quarter), Point(x: 0, y: -quarter)]
    try CoordinateTransform(from: geographic, to: crs).transform(&points)
    return points.filter(\.x.isFinite)
  }

  /// The box of a window; grids of points in degrees reach half a cell beyond the poles.
  fileprivate func boxOnEarth(of window: Window) -> Extent {
    var box = extent(of: window)
    guard crs.isGeographic else { return box }
    let pole = Double.pi / 2 / crs.unit
    (box.minY, box.maxY) = (max(box.minY, -pole), min(box.maxY, pole))
    return box
  }
}

extension Extent {
  fileprivate func holds(_ point: Point) -> Bool {
    (minX...maxX).contains(point.x) && (minY...maxY).contains(point.y)
  }
}

extension [TileCover.Piece] {
  /// In the order in which they come.
  fileprivate var groupedByCRS: [(crs: CoordinateReferenceSystem, pieces: [TileCover.Piece])] {
    reduce(into: []) { groups, piece in
      if let index = groups.firstIndex(where: { $0.crs == piece.crs }) {
        groups[index].pieces.append(piece)
      } else {
        groups.append((piece.crs, [piece]))
      }
    }
  }
}
