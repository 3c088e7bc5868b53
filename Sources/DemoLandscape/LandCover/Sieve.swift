import RasterCore

/// Takes away patches too small to be mapped.
enum Sieve {
  /// Cells, of eight neighbours, that a patch of built-up land needs: 0.05 km² at 60 m.
  static let smallestBuiltPatch = 14
  static let smallestPatch = 4

  /// Patches below the limits take the code most common around them, built-up patches that of
  /// fields; water stays, since rivers are thin.
  static func sieved(_ codes: [UInt8], columns: Int, rows: Int) -> [UInt8] {
    var result = codes
    var seen = [Bool](repeating: false, count: codes.count)
    var patch: [Int] = []
    for start in codes.indices where !seen[start] {
      let code = codes[start]
      seen[start] = true
      patch.removeAll(keepingCapacity: true)
      patch.append(start)
      var around = [Int](repeating: 0, count: 11)
      var index = 0
      while index < patch.count {
        let (row, column) = patch[index].quotientAndRemainder(dividingBy: columns)
        for y in max(row - 1, 0)...min(row + 1, rows - 1) {
          for x in max(column - 1, 0)...min(column + 1, columns - 1) {
            let cell = y * columns + x
            if codes[cell] != code {
              around[Int(codes[cell])] += 1
            } else if !seen[cell] {
              seen[cell] = true
              patch.append(cell)
            }
          }
        }
        index += 1
      }
      switch LandCategory(rawValue: code) {
      case .water: continue
      case .built:
        guard patch.count < smallestBuiltPatch else { continue }
        for cell in patch { result[cell] = LandCategory.cultivated.rawValue }
      default:
        around[Int(LandCategory.water.rawValue)] = 0
        around[Int(LandCategory.built.rawValue)] = 0
        guard patch.count < smallestPatch, let most = around.max(), most > 0,
          let code = around.firstIndex(of: most)
        else { continue }
        for cell in patch { result[cell] = UInt8(code) }
      }
    }
    return result
  }
}
