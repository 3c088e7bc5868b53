import GeoIO
import RasterCore

extension PolygonShape {
  /// The same rings in degrees, each at the turn of longitude nearest to a meridian: files cut parks at the
  /// antimeridian and put the halves at both ends of the range.
  ///
  /// - Parameters:
  ///   - middle: longitude of the meridian.
  ///   - turn: of longitude, in the same unit.
  func turned(near middle: Double, turn: Double) -> PolygonShape {
    let boxes = rings.map { Extent(around: $0) }
    let own = boxes.map { box -> Double in
      guard let box else { return 0 }
      return turn * ((middle - (box.minX + box.maxX) / 2) / turn).rounded()
    }
    // As nearly everywhere: then no hole is torn from its shell and no land comes to lie over other land.
    if own.allSatisfy({ $0 == own.first }) { return moved(by: own) }

    let tree = BoxTree(boxes)
    var (shifts, shells) = (own, [Int]())
    for (index, box) in boxes.enumerated() {
      guard let box else { continue }
      // A hole goes where its shell goes: the first ring whose box holds its own is one.
      var shell = index
      tree.forEach(meeting: box) { other in
        if other < shell, boxes[other]!.contains(box) { shell = other }
      }
      if shell == index { shells.append(index) } else { shifts[index] = own[shell] }
    }
    let turned = moved(by: shifts)
    return Self.areDoubled(shells.map { (boxes[$0]!, shifts[$0]) }) ? turned.madeValid : turned
  }

  private func moved(by shifts: [Double]) -> PolygonShape {
    if shifts.allSatisfy({ $0 == 0 }) { return self }
    return PolygonShape(
      rings: zip(rings, shifts).map { ring, shift in
        shift == 0 ? ring : ring.map { Point(x: $0.x + shift, y: $0.y) }
      })
  }

  /// Whether land drawn at two turns now lies over itself.
  private static func areDoubled(_ shells: [(box: Extent, shift: Double)]) -> Bool {
    let moved = shells.map { $0.box.moved(byX: $0.shift) }
    let tree = BoxTree(moved)
    return shells.indices.contains { index in
      var isDoubled = false
      tree.forEach(meeting: moved[index]) { other in
        if shells[index].shift != shells[other].shift,
          moved[index].sharesArea(with: moved[other])
        {
          isDoubled = true
        }
      }
      return isDoubled
    }
  }
}

extension Extent {
  fileprivate func sharesArea(with other: Extent) -> Bool {
    min(maxX, other.maxX) - max(minX, other.minX) > 1e-9
      && min(maxY, other.maxY) - max(minY, other.minY) > 1e-9
  }
}
