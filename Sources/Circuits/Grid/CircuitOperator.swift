/// The equations of a circuit: what currents leave each node at given voltages (Kirchhoff's laws), in Float64.
///
/// Conductances are worked out anew each time: a preconditioner may be rounded, these equations must not be, for what
/// is read off their solution is a small difference of sums.
final class CircuitOperator {
  let circuit: RasterCircuit
  let shape: PlaneShape
  /// Conductances to 0 V, by place.
  private let grounds: [(place: Int, siemens: Double)]
  private let rows: LinkRows

  /// - Parameter joined: insulating cells of conductors, in rising order.
  init(_ circuit: RasterCircuit, joined: [Int], grounds: [(place: Int, siemens: Double)]) {
    (self.circuit, self.grounds) = (circuit, grounds)
    shape = PlaneShape(columns: circuit.columns, rows: circuit.rows)
    rows = LinkRows(circuit, joined: joined)
  }

  /// Hands the links to `use` row by row, from north to south, with the place of the row's border before its first
  /// cell.
  @inline(__always) func forEachRow(_ use: (LinkRows, Int) -> Void) {
    rows.rewind()
    for row in 0..<circuit.rows {
      rows.advance()
      use(rows, shape.index(row: row, column: 0) - 1)
    }
  }

  /// Sets `currents` to Σ g (v − v of the neighbour), and to the ground, of each cell.
  ///
  /// - Returns: Σ v · current, the power that the circuit takes.
  @discardableResult
  func apply(to voltages: Plane<Double>, into currents: Plane<Double>) -> Double {
    let stride = shape.stride
    let (v, q) = unsafe (voltages.numbers, currents.numbers)
    var power = 0.0
    forEachRow { rows, border in
      let (own, up) = (rows.current, rows.above)
      let (vOwn, vUp, vDown) = unsafe (v + border, v + border - stride, v + border + stride)
      let out = unsafe q + border
      var sum = SIMD4<Double>()
      for x in Swift.stride(from: 1, through: circuit.columns, by: 4) {
        let here = unsafe vOwn[lanes: x]
        var flow = unsafe own.east[lanes: x] * (here - vOwn[lanes: x + 1])
        unsafe flow += own.east[lanes: x - 1] * (here - vOwn[lanes: x - 1])
        unsafe flow += own.south[lanes: x] * (here - vDown[lanes: x])
        unsafe flow += up.south[lanes: x] * (here - vUp[lanes: x])
        unsafe flow += own.southEast[lanes: x] * (here - vDown[lanes: x + 1])
        unsafe flow += up.southEast[lanes: x - 1] * (here - vUp[lanes: x - 1])
        unsafe flow += own.southWest[lanes: x] * (here - vDown[lanes: x - 1])
        unsafe flow += up.southWest[lanes: x + 1] * (here - vUp[lanes: x + 1])
        // Past the end of a row there are no links, and what is written there is overwritten by the next row.
        unsafe out[lanes: x] = flow
        sum += here * flow
      }
      power += sum.sum()
    }
    for ground in grounds {
      let current = ground.siemens * voltages[ground.place]
      currents[ground.place] += current
      power += current * voltages[ground.place]
    }
    return power
  }

  /// The greater of what flows into and out of each cell by links and to grounds.
  func throughput(at voltages: Plane<Double>, of joint: [[Int]]) -> Plane<Double> {
    let through = Plane<Double>(shape)
    // A conductor's cells are one node: what flows between them does not count, for it flows at no voltage.
    var inflow = [Double](repeating: 0, count: joint.count)
    var outflow = inflow
    var conductorAt: [Int: Int] = [:]
    for (number, cells) in joint.enumerated() {
      for cell in cells { conductorAt[shape.index(cell)] = number }
    }
    var groundAt: [Int: Double] = [:]
    for ground in grounds { groundAt[ground.place, default: 0] += ground.siemens }
    let stride = shape.stride
    let v = unsafe voltages.numbers
    forEachRow { rows, border in
      let (own, up) = (rows.current, rows.above)
      for x in 1...circuit.columns {
        let place = border + x
        let here = unsafe v[place]
        var (into, out) = (0.0, 0.0)
        func add(_ siemens: Double, _ neighbour: Double) {
          let current = siemens * (here - neighbour)
          if current > 0 { out += current } else { into -= current }
        }
        unsafe add(own.east[x], v[place + 1])
        unsafe add(own.east[x - 1], v[place - 1])
        unsafe add(own.south[x], v[place + stride])
        unsafe add(up.south[x], v[place - stride])
        unsafe add(own.southEast[x], v[place + stride + 1])
        unsafe add(up.southEast[x - 1], v[place - stride - 1])
        unsafe add(own.southWest[x], v[place + stride - 1])
        unsafe add(up.southWest[x + 1], v[place - stride + 1])
        if !groundAt.isEmpty, let siemens = groundAt[place] { add(siemens, 0) }
        if !conductorAt.isEmpty, let number = conductorAt[place] {
          inflow[number] += into
          outflow[number] += out
        }
        through[place] = max(into, out)
      }
    }
    for (place, number) in conductorAt { through[place] = max(inflow[number], outflow[number]) }
    return through
  }
}
