import GeoIO
import RasterCore
import ZonalStatistics

/// Land for which a DEM has different heights.
struct HeightDisagreement: Sendable {
  /// A cell of the grid on which heights are compared.
  struct Place: Hashable, Sendable {
    let column: Int
    let row: Int
  }

  /// Units of area of the grid's `CellAreas`.
  private(set) var units: Int64 = 0
  /// Metres, at `place`.
  private(set) var largest: Float = 0
  private(set) var place: Place?
  /// Cells that had heights to compare, and those of them where these disagree.
  private(set) var compared = 0
  private(set) var cells = 0
  /// Not all cells were looked at.
  private(set) var isEstimate = false

  mutating func compare() { compared += 1 }

  mutating func add(_ difference: Float, at place: Place, area: Int64) {
    cells += 1
    units += area
    take(difference, at: place)
  }

  /// The parts of several threads merge in any order.
  mutating func merge(_ other: Self) {
    compared += other.compared
    cells += other.cells
    units += other.units
    if let place = other.place { take(other.largest, at: place) }
  }

  /// Makes what was found in some cells stand for more.
  mutating func extrapolate(from some: Int, to all: Int) {
    guard some < all else { return }
    isEstimate = true
    units = Int64((Double(units) * Double(all) / Double(some)).rounded())
  }

  /// Of places alike the northernmost, then the westernmost, so that threads change nothing.
  private mutating func take(_ difference: Float, at place: Place) {
    if let known = self.place {
      guard (-difference, place.row, place.column) < (-largest, known.row, known.column) else {
        return
      }
    }
    (largest, self.place) = (difference, place)
  }

  /// "12.345 km²", or "about …", for people.
  func areaText(_ areas: CellAreas) -> String {
    let area = areas.unit.squareMetres(units) / 1e6
    return isEstimate
      ? "about \(area.grouped(decimals: 0)) km²" : "\(area.grouped(decimals: 3)) km²"
  }

  /// "12.3 m at 131.12345, 43.12345", for people.
  func largestText(on grid: Grid) -> String {
    let metres = "\(Double(largest).grouped(decimals: 1)) m"
    guard let place else { return metres }
    var point = [
      grid.geotransform.point(column: Double(place.column) + 0.5, row: Double(place.row) + 0.5)
    ]
    guard let wgs84 = try? CoordinateReferenceSystem(userInput: "EPSG:4326"),
      let transform = try? CoordinateTransform(from: grid.crs, to: wgs84)
    else { return metres }
    transform.transform(&point)
    guard point[0].x.isFinite else { return metres }
    return "\(metres) at \(point[0].x.formatted(decimals: 5)), \(point[0].y.formatted(decimals: 5))"
  }
}
