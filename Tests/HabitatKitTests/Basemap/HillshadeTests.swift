import Foundation
import RasterCore
import Testing

@testable import HabitatKit

@Suite("Hillshade")
struct HillshadeTests {
  /// 1 + 254 × light, the light being that of the plane's normal on (−½, ½, √½).
  @Test(
    "a plane is as bright as worked by hand",
    arguments: [
      (east: 0.0, north: 0.0, shade: 181),  // √½ = 0.7071: 180.6
      (east: 1, north: 0, shade: 218),  // (½ + √½) / √2 = 0.8536: 217.8
      (east: -1, north: 0, shade: 38),  // (√½ − ½) / √2 = 0.1464: 38.2
      (east: 0.5.squareRoot(), north: -0.5.squareRoot(), shade: 255),  // straight to the sun
      (east: -2, north: 2, shade: 1),  // turned away from it
    ])
  func plane(east: Double, north: Double, shade: Int) {
    let shade = UInt8(shade)
    #expect(Hillshade.shade(east: Float(east), north: Float(north)) == shade)
    // The same plane as heights, on cells of 40 m by 50 m.
    let heights = Raster(
      columns: 5, rows: 4,
      cells: (0..<20).map { Float(40 * east * Double($0 % 5) - 50 * north * Double($0 / 5)) })
    let shades = Hillshade(cell: 10).shades(
      of: heights, isWater: Array(repeating: false, count: 20),
      steps: Array(repeating: SIMD2(40, 50), count: 4))
    for row in 1...2 { for column in 1...3 { #expect(shades[row * 5 + column] == shade) } }
  }

  @Test("a void stays one, and its neighbours are shaded as if it went on level")
  func voids() {
    var heights = Raster(columns: 3, rows: 3, filledWith: Float(100))
    heights[1, 1] = .nan
    let shades = Hillshade(cell: 30).shades(
      of: heights, isWater: Array(repeating: false, count: 9),
      steps: Array(repeating: SIMD2(30, 30), count: 3))
    #expect(shades == [181, 181, 181, 181, 0, 181, 181, 181, 181])
  }

  /// Land slopes by 1 to the west of a sea whose floor is rugged: 218 is the slope's shade, worked above;
  /// beside the sea half of it is seen, (¼ + √½) / √1.25 = 0.8561: 218.4.
  @Test("the sea is level, and its floor throws no shade on the shore")
  func sea() {
    var heights = Raster(columns: 6, rows: 3, filledWith: Float(0))
    for row in 0..<3 {
      for column in 0..<3 { heights[column, row] = Float(30 * column) }
      for column in 3..<6 { heights[column, row] = Float(-400 * column * row) }
    }
    let shades = Hillshade(cell: 30).shades(
      of: heights, isWater: (0..<18).map { $0 % 6 >= 3 },
      steps: Array(repeating: SIMD2(30, 30), count: 3))
    #expect(Array(shades[6..<12].dropFirst()) == [218, 218, 181, 181, 181])
  }

  @Test("wide cells raise heights, narrow ones leave them")
  func exaggeration() {
    #expect(Hillshade(cell: 1).exaggeration == 1 && Hillshade(cell: 30).exaggeration == 1)
    #expect(abs(Hillshade(cell: 240).exaggeration - 2) < 1e-12)  // 8 = 2³
    #expect(Hillshade(cell: 1e9).exaggeration == 20)
  }
}
