import CostDistance
import Foundation
import RasterCore
import TestSupport

/// The exact answers of `../shared/data/corridor-vectors`, made by an independent program.
struct CorridorVectors {
  let root: [String: Any]

  init(_ name: String) throws {
    let data = try Data(
      contentsOf: URL(fileURLWithPath: SharedData.path("corridor-vectors/\(name).json")))
    root = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  init(_ root: [String: Any]) { self.root = root }

  func inside(_ key: String) -> CorridorVectors {
    CorridorVectors(root[key] as? [String: Any] ?? [:])
  }

  func number(_ key: String) -> Double { (root[key] as? NSNumber)?.doubleValue ?? .nan }
  func flag(_ key: String) -> Bool { root[key] as? Bool ?? false }
  func text(_ key: String) -> String { root[key] as? String ?? "" }
  func numbers(_ key: String) -> [Double] {
    (root[key] as? [NSNumber])?.map(\.doubleValue) ?? []
  }

  /// Row by row; `null` is infinite.
  func plane(_ key: String) -> [Double] {
    (root[key] as? [[Any]] ?? []).flatMap { row in
      row.map { ($0 as? NSNumber)?.doubleValue ?? .infinity }
    }
  }

  func columns(_ key: String) -> Int { (root[key] as? [[Any]])?.first?.count ?? 0 }

  func cells(_ key: String) -> [GridCell] {
    (root[key] as? [[NSNumber]] ?? []).map {
      GridCell(row: $0[0].intValue, column: $0[1].intValue)
    }
  }

  func integerPairs(_ key: String) -> [(Int, Int)] {
    (root[key] as? [[NSNumber]] ?? []).map { ($0[0].intValue, $0[1].intValue) }
  }

  func list(_ key: String) -> [CorridorVectors] {
    (root[key] as? [[String: Any]] ?? []).map(CorridorVectors.init)
  }

  /// Resistances of the vectors have three decimals, which Float32 cannot hold: tests take them in thousandths, and
  /// divide costs by this.
  static let thousandths = 1000.0

  /// The cells of `planar.json`, 100 m wide, in thousandths.
  static func planar() throws -> (landscape: Landscape, vectors: CorridorVectors) {
    let vectors = try CorridorVectors("planar")
    return (vectors.landscape(steps: nil), vectors)
  }

  /// The same cells on the ellipsoid.
  static func geographic() throws -> (landscape: Landscape, vectors: CorridorVectors) {
    let vectors = try CorridorVectors("geographic")
    let east = vectors.numbers("east")
    let between = east.count - 1
    let steps = StepLengths(
      east: east, south: Array(vectors.numbers("south").prefix(between)),
      diagonal: Array(vectors.numbers("diagonal").prefix(between)))
    return (try CorridorVectors("planar").landscape(steps: steps), vectors)
  }

  func landscape(steps: StepLengths?, cell: Double = 100) -> Landscape {
    let columns = columns("resistance")
    let values = plane("resistance").map {
      $0 < .infinity ? Float(($0 * Self.thousandths).rounded()) : 0
    }
    return Landscape(
      columns: columns, values: values,
      steps: steps
        ?? StepLengths(cellWidth: cell, cellHeight: cell, rows: values.count / columns),
      cores: Core.cores(labels: plane("cores").map { Int32($0) }, columns: columns))
  }
}
