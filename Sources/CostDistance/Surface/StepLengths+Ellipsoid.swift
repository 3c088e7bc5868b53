import Foundation
package import RasterCore

extension StepLengths {
  /// Lengths on the ground, in metres, between the cells of a grid in degrees.
  ///
  /// Along a row a length is that of the parallel through its centres, between rows that of the meridian at the middle
  /// latitude; a diagonal is the hypotenuse at the middle latitude. Cells of 0.05° are within a part in 10⁷ of
  /// geodesics up to 89° of latitude.
  ///
  /// - Parameters:
  ///   - top: the latitude of the first row's outer edge, in degrees.
  ///   - cellWidth, cellHeight: in degrees; a negative height where rows run northward.
  /// - Precondition: all centres lie between the poles.
  package init(
    on ellipsoid: Ellipsoid, top: Double, cellWidth: Double, cellHeight: Double, rows: Int
  ) {
    let radians = Double.pi / 180
    let (width, height) = (abs(cellWidth) * radians, abs(cellHeight) * radians)
    func metres(row: Double) -> (east: Double, south: Double) {
      let scale = ellipsoid.metresPerRadian(latitude: (top - row * cellHeight) * radians)
      return (scale.east * width, scale.north * height)
    }
    let between = (1..<max(1, rows)).map { metres(row: Double($0)) }
    self.init(
      east: (0..<rows).map { metres(row: Double($0) + 0.5).east }, south: between.map(\.south),
      diagonal: between.map { ($0.south * $0.south + $0.east * $0.east).squareRoot() })
  }
}
