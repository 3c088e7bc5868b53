/// Smooth random fields of the plane, the same on every machine: integer hashing and IEEE `+ − × ÷`.
///
/// Gradient noise after Perlin (2002), "Improving noise", with a hash in place of a table.
struct Noise: Sendable {
  let seed: UInt32

  /// About −1…1, wavelength 1, zero at whole coordinates.
  func value(_ x: Double, _ y: Double) -> Double {
    let (floorX, floorY) = (x.rounded(.down), y.rounded(.down))
    let (column, row) = (Int32(floorX), Int32(floorY))
    let (dx, dy) = (x - floorX, y - floorY)
    let (u, v) = (Self.fade(dx), Self.fade(dy))
    let n00 = gradient(column, row, dx, dy)
    let n10 = gradient(column + 1, row, dx - 1, dy)
    let n01 = gradient(column, row + 1, dx, dy - 1)
    let n11 = gradient(column + 1, row + 1, dx - 1, dy - 1)
    let (north, south) = (n00 + u * (n10 - n00), n01 + u * (n11 - n01))
    return 1.5 * (north + v * (south - north))
  }

  /// Octaves of noise, each of half the wavelength and half the height of the one before; the first
  /// has `wavelength`.
  func octaves(_ count: Int, wavelength: Double, _ x: Double, _ y: Double) -> Double {
    var (sum, height, scale) = (0.0, 1.0, 1 / wavelength)
    for octave in 0..<count {
      // Each octave is shifted, so that the lattices' zeros do not coincide.
      let shift = 17.37 * Double(octave)
      sum += height * value(x * scale + shift, y * scale - shift)
      (height, scale) = (height / 2, scale * 2)
    }
    return sum
  }

  /// 0…1, independent for every pair of integers.
  func uniform(_ column: Int32, _ row: Int32) -> Double {
    Double(hash(column, row)) / 4_294_967_296
  }

  private func gradient(_ column: Int32, _ row: Int32, _ dx: Double, _ dy: Double) -> Double {
    let direction = Self.directions[Int(hash(column, row) >> 28)]
    return direction.x * dx + direction.y * dy
  }

  private func hash(_ column: Int32, _ row: Int32) -> UInt32 {
    var h = seed &* 0x9E37_79B1
    h ^= UInt32(bitPattern: column) &* 0x85EB_CA77
    h = (h << 13 | h >> 19) &* 0xC2B2_AE3D
    h ^= UInt32(bitPattern: row) &* 0x27D4_EB2F
    h = (h ^ (h >> 15)) &* 0x85EB_CA77
    h = (h ^ (h >> 13)) &* 0xC2B2_AE3D
    return h ^ (h >> 16)
  }

  private static func fade(_ t: Double) -> Double { t * t * t * (t * (t * 6 - 15) + 10) }

  /// Sixteen unit vectors, 22.5° apart: a table, since a library's sine may differ in the last bit.
  private static let directions: [(x: Double, y: Double)] = {
    let (a, b, c) = (0.923_879_532_5, 0.382_683_432_4, 0.707_106_781_2)
    let quadrant = [(1.0, 0.0), (a, b), (c, c), (b, a)]
    return quadrant + quadrant.map { (-$0.1, $0.0) } + quadrant.map { (-$0.0, -$0.1) }
      + quadrant.map { ($0.1, -$0.0) }
  }()
}
