import RasterCore

/// Land whose code leaves open which forest it is, or whether it is rice, where no finer layer told: what it
/// counts as.
struct DefaultSettlement: Sendable {
  private let forest: [Share]
  private let rice: [Share]

  private struct Share {
    let category: LandCategory
    /// km².
    let area: Double
  }

  /// - Parameter areas: km² by land state.
  init(_ areas: [Double]) {
    func shares(_ flag: UInt8) -> [Share] {
      LandCategory.allCases.map { category in
        let states = areas.indices.map { LandState(rawValue: UInt8($0)) }
          .filter { $0.category == category && $0.rawValue & flag != 0 }
        return Share(
          category: category, area: states.reduce(0) { $0 + areas[Int($1.rawValue)] })
      }
      .filter { $0.area >= 5e-4 }
    }
    (forest, rice) = (shares(LandState.leafTypeByDefault), shares(LandState.riceByDefault))
  }

  /// Sentences for people, none where all codes said enough.
  var notes: [String] {
    [("Forest of unknown leaf type counts", forest), ("Fields that may be rice count", rice)]
      .filter { !$0.1.isEmpty }
      .map { subject, shares in
        let parts = shares.map {
          "as \($0.category.name.lowercased()) (\($0.area.grouped(decimals: 3)) km²)"
        }
        return "\(subject) \(parts.joined(separator: ", ")): no finer layer tells."
      }
  }
}
