import Documents
import RasterCore
import Testing

@testable import DemoLandscape

/// The recorded digests say that another machine, compiler or setting makes the same pixels; whether
/// they are good ones is for the other tests. `HABITAT_RECORD` does not renew them: a new digest
/// means a new landscape, to be made and looked at.
@Suite struct DeterminismTests {
  @Test("noise is the same everywhere")
  func noise() {
    let noise = Noise(seed: 7)
    let cells = (0..<64).flatMap { row in
      (0..<64).map { column in
        noise.octaves(4, wavelength: 37, Double(column) - 31.5, Double(row) - 31.5)
      }
    }
    #expect(
      Self.digest(cells)
        == "a3c24ddb99fa82a22edcfa74b5f6f9b17637362fa88286397b574b0d9ad5bcaa")
  }

  @Test("erosion carves the same relief everywhere")
  func erosion() {
    #expect(
      Self.digest(Self.eroded().heights)
        == "ef9f62f891de6cb5ed52dc9d61a3a177d8b954936576a0227adb31f5e88db8ad")
  }

  @Test("a place of the frame is bent to the same place everywhere")
  func bending() {
    let points = stride(from: 0, to: Frame.columns, by: 97).map { column in
      Terrain.bent(Frame.cellCentre(column: column, row: (column * 31) % Frame.rows))
    }
    #expect(
      Self.digest(points.flatMap { [$0.x, $0.y] })
        == "4932e14f020036ae1791016eaf6eb971f53f699486fafe452f4483f5be2a861b")
  }

  @Test("in eroded land water runs downhill from every node to an outlet")
  func drains() {
    let erosion = Self.eroded()
    let drainage = Drainage(
      of: erosion.heights, on: erosion.lattice, outlets: erosion.outlets)
    for node in erosion.heights.indices where !erosion.outlets[node] {
      let receiver = Int(drainage.receivers[node])
      #expect(receiver != node)
      #expect(erosion.heights[receiver] < erosion.heights[node])
    }
    // Every node drains 1: together they leave through the outlets.
    let sums = drainage.accumulate([Double](repeating: 1, count: erosion.heights.count))
    let leaving = erosion.outlets.indices.filter { erosion.outlets[$0] }.map { sums[$0] }
    #expect(leaving.reduce(0, +) == Double(erosion.heights.count))
  }

  @Test("filling hollows never lowers and leaves no hollow")
  func fills() {
    let lattice = Lattice(minX: 0, maxY: 0, step: 100, columns: 20, rows: 20)
    var outlets = [Bool](repeating: false, count: lattice.count)
    outlets[0] = true
    let rough = Noise(seed: 3)
    let heights = (0..<lattice.count).map { rough.uniform(Int32($0), 0) * 100 }
    var land = Erosion(
      lattice: lattice, steepness: heights.map { _ in 0 }, gentleness: heights.map { _ in 0 },
      outlets: outlets, local: heights.map { _ in 0.01 }, heights: heights)
    land.fillHollows()
    #expect(zip(land.heights, heights).allSatisfy { $0 >= $1 })
    let drainage = Drainage(of: land.heights, on: lattice, outlets: outlets)
    #expect(drainage.receivers.enumerated().allSatisfy { $0 == 0 || Int($1) != $0 })
  }

  private static func eroded() -> Erosion {
    let lattice = Lattice(minX: 0, maxY: 0, step: 240, columns: 48, rows: 48)
    var outlets = [Bool](repeating: false, count: lattice.count)
    for column in 0..<48 { outlets[47 * 48 + column] = true }
    let rough = Noise(seed: 5)
    let heights = (0..<lattice.count).map { node in
      let point = lattice.point(node)
      return outlets[node] ? 0 : 40 + 20 * rough.octaves(3, wavelength: 2_000, point.x, point.y)
    }
    var erosion = Erosion(
      lattice: lattice, steepness: heights.map { _ in 0.05 }, gentleness: heights.map { _ in 0.5 },
      outlets: outlets, local: heights.map { _ in 0.0576 }, heights: heights)
    erosion.fillHollows()
    for _ in 0..<12 { erosion.advance(celerity: 200, creep: 3_000) }
    return erosion
  }

  /// Of the numbers' very bits.
  private static func digest(_ numbers: [Double]) -> String {
    SHA256.hexDigest(
      of: numbers.flatMap { number in
        (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * UInt64($0))) }
      })
  }
}
