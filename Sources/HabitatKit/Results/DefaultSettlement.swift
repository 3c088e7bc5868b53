import RasterCore

/// Land whose code leaves open which forest it is, or whether it is rice, where no finer layer told: what it
/// counts as.
struct DefaultSettlement: Sendable {
  /// Forest whose leaf type is open.
  let forest: Part
  /// Fields that may be rice.
  let rice: Part

  /// Land of one kind, by what it counts as.
  struct Part: Sendable {
    fileprivate let shares: [(category: LandCategory, area: Double)]

    /// km².
    var area: Double { shares.reduce(0) { $0 + $1.area } }
    /// For people.
    var categories: String { shares.map { $0.category.name.lowercased() }.joined(separator: ", ") }
  }

  /// - Parameter areas: km² by land state.
  init(_ areas: [Double]) {
    func part(_ flag: UInt8) -> Part {
      let shares = LandCategory.allCases.map { category in
        let states = areas.indices.map { LandState(rawValue: UInt8($0)) }
          .filter { $0.category == category && $0.rawValue & flag != 0 }
        return (category: category, area: states.reduce(0) { $0 + areas[Int($1.rawValue)] })
      }
      return Part(shares: shares.filter { $0.area >= 5e-4 })
    }
    (forest, rice) = (part(LandState.leafTypeByDefault), part(LandState.riceByDefault))
  }

  /// Sentences for people, none where all codes said enough.
  ///
  /// - Parameter ricePossible: what the landscape says of rice; where it says that none grows, nothing is open.
  func notes(ricePossible: Bool?) -> [String] {
    let parts = [
      ("Forest of unknown leaf type counts", forest),
      ricePossible == false ? nil : ("Fields that may be rice count", rice),
    ]
    return parts.compactMap(\.self).filter { !$0.1.shares.isEmpty }
      .map { subject, part in
        let parts = part.shares.map {
          "as \($0.category.name.lowercased()) (\($0.area.grouped(decimals: 3)) km²)"
        }
        return "\(subject) \(parts.joined(separator: ", ")): no finer layer says."
      }
  }
}
