/// What of a circuit hangs together, seen from its conductors and grounds.
///
/// A conductor (a core, a focal region, a short circuit) is a set of cells at one voltage; it joins what its cells
/// touch. Cells that neither a conductor nor a ground reaches carry no current, and equations for them would have no
/// single solution: they are left out.
struct CircuitParts {
  enum Cell: UInt8 { case leftOut, free, conductor }

  /// By place in a plane.
  let cells: [UInt8]
  /// By conductor; parts are numbered from 0 in the order of their first conductors.
  let partOfConductor: [Int]
  let partOfGround: [Int]
  /// By source; −1 where neither a conductor nor a ground is reached.
  let partOfSource: [Int]
  /// Insulating cells of conductors, in rising order.
  let joined: [Int]

  /// - Parameters:
  ///   - conductors: their cells; no cell stands in two.
  ///   - grounds: conducting cells that are none of a conductor's; so are `sources`.
  init(_ circuit: RasterCircuit, conductors: [[Int]], grounds: [Int] = [], sources: [Int] = []) {
    let shape = PlaneShape(columns: circuit.columns, rows: circuit.rows)
    joined = conductors.joined().filter { !circuit.conducts($0) }.sorted()
    var flood = PartFlood(circuit, shape, conductors: conductors)
    for conductor in conductors.indices { flood.start(atConductor: conductor) }
    for ground in grounds { flood.start(at: ground) }
    partOfConductor = flood.partOfConductor
    partOfGround = grounds.map(flood.part)
    partOfSource = sources.map(flood.part)
    cells = flood.labels.map { label in
      (label > 0 ? Cell.conductor : label < 0 && label > PartFlood.insulating ? .free : .leftOut)
        .rawValue
    }
  }

}

private struct PartFlood {
  static let insulating = Int32.min

  private let shape: PlaneShape
  private let steps: [Int]
  private let conductors: [[Int]]
  private let joinsHalf: Bool
  /// By place: the number of a conductor from 1 on, 0 = conducting and not reached, −1 − part, or insulating.
  private(set) var labels: [Int32]
  private(set) var partOfConductor: [Int]
  /// Cells of conductors that insulate have links only where conductances are averaged, and to conducting cells.
  private let circuit: RasterCircuit
  private var partCount = 0
  private var waiting: [Int32] = []

  init(_ circuit: RasterCircuit, _ shape: PlaneShape, conductors: [[Int]]) {
    (self.circuit, self.shape, self.conductors) = (circuit, shape, conductors)
    let straight = [-1, 1, -shape.stride, shape.stride]
    let diagonal = [-1, 1].flatMap { [$0 - shape.stride, $0 + shape.stride] }
    steps = straight + (circuit.neighbours == .eight ? diagonal : [])
    joinsHalf = circuit.averaging == .conductance
    labels = Array(repeating: Self.insulating, count: shape.count)
    partOfConductor = Array(repeating: -1, count: conductors.count)
    for row in 0..<circuit.rows {
      let (from, to) = (row * circuit.columns, shape.index(row: row, column: 0))
      for column in 0..<circuit.columns where circuit.conducts(from + column) {
        labels[to + column] = 0
      }
    }
    for (conductor, cells) in conductors.enumerated() {
      for cell in cells {
        precondition(labels[shape.index(cell)] <= 0, "no cell stands in two conductors")
        labels[shape.index(cell)] = Int32(conductor + 1)
      }
    }
  }

  func part(of cell: Int) -> Int {
    let label = labels[shape.index(cell)]
    precondition(label <= 0 && label != Self.insulating, "grounds and sources are at free cells")
    return -1 - Int(label)
  }

  mutating func start(atConductor conductor: Int) {
    guard partOfConductor[conductor] < 0 else { return }
    enter(conductor)
    spread()
  }

  mutating func start(at cell: Int) {
    let place = shape.index(cell)
    guard labels[place] == 0 else { return }
    labels[place] = Int32(-1 - partCount)
    waiting.append(Int32(place))
    spread()
  }

  private mutating func enter(_ conductor: Int) {
    partOfConductor[conductor] = partCount
    for cell in conductors[conductor] { waiting.append(Int32(shape.index(cell))) }
  }

  private mutating func spread() {
    while let place = waiting.popLast().map(Int.init) {
      let isHalf = labels[place] > 0 && !conducts(place)
      if isHalf, !joinsHalf { continue }
      for step in steps {
        let neighbour = place + step
        let label = labels[neighbour]
        if label == 0 {
          labels[neighbour] = Int32(-1 - partCount)
          waiting.append(Int32(neighbour))
        } else if label > 0, partOfConductor[Int(label) - 1] < 0 {
          // Two insulating cells have no link.
          if conducts(neighbour) || joinsHalf && !isHalf { enter(Int(label) - 1) }
        }
      }
    }
    partCount += 1
  }

  private func conducts(_ place: Int) -> Bool {
    let row = place / shape.stride - 1
    let column = place % shape.stride - 1
    return circuit.conducts(row * circuit.columns + column)
  }
}
