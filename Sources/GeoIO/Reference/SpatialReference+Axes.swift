import CGDAL

extension SpatialReference {
  /// Whether y lies clockwise of x on the map, as of Křovák's southing and westing.
  ///
  /// - Parameter wkt: the same CRS as WKT 2.
  func isLeftHanded(meridiansIn wkt: String) -> Bool {
    var count: Int32 = 0
    guard let order = unsafe OSRGetDataAxisToSRSAxisMapping(handle, &count), count >= 2 else {
      return false
    }
    let axes = unsafe (order[0], order[1])
    let directions = (direction(ofAxis: axes.0), direction(ofAxis: axes.1))
    guard let turn = Self.turn(directions, axes.0 < axes.1, Self.meridians(in: wkt)) else {
      return false
    }
    return turn.remainder(dividingBy: 360) < 0
  }

  private func direction(ofAxis number: Int32) -> OGRAxisOrientation {
    var direction = OAO_Other
    unsafe _ = OSRGetAxis(handle, nil, abs(number) - 1, &direction)
    return direction
  }

  /// Degrees from x to y, counter-clockwise as one looks down on the map; `nil` where they are not told.
  ///
  /// - Parameters:
  ///   - isInOrder: x is the first axis of the CRS.
  ///   - meridians: of the two axes of a map of a pole, along which they leave it, in the order of the CRS.
  private static func turn(
    _ directions: (OGRAxisOrientation, OGRAxisOrientation), _ isInOrder: Bool, _ meridians: [Double]
  ) -> Double? {
    if directions.0 == directions.1 {
      guard meridians.count == 2 else { return nil }
      let turn = meridians[1] - meridians[0]
      // Seen from above, longitudes run clockwise round the south pole, from where all ways lead north.
      return directions.0 == OAO_North ? (isInOrder ? -turn : turn) : (isInOrder ? turn : -turn)
    }
    let azimuths: [OGRAxisOrientation.RawValue: Double] = [
      OAO_North.rawValue: 0, OAO_East.rawValue: 90, OAO_South.rawValue: 180, OAO_West.rawValue: 270,
    ]
    guard let x = azimuths[directions.0.rawValue], let y = azimuths[directions.1.rawValue] else {
      return nil
    }
    return x - y
  }

  private static func meridians(in wkt: String) -> [Double] {
    wkt.matches(of: /MERIDIAN\[(-?[0-9.]+)/).compactMap { match in Double(match.1) }
      .suffix(2)
  }
}
