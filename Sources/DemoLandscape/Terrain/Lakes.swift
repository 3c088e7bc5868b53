import RasterCore

/// Reservoirs and lakes: valleys filled to a level near the places of the blueprint.
enum Lakes {
  /// The level of the lake at each node, −1 where there is none.
  static func levels(relief: Relief, floors: ValleyFloors) -> [Double] {
    let lattice = relief.lattice
    var levels = [Double](repeating: -1, count: lattice.count)
    for lake in Blueprint.lakes { fill(lake, relief, floors, &levels) }
    return levels
  }

  /// The dam stands on the biggest river within a third of the lake's reach; the water stands where
  /// the land upstream of it is lower than the dam.
  private static func fill(
    _ lake: Blueprint.Lake, _ relief: Relief, _ floors: ValleyFloors, _ levels: inout [Double]
  ) {
    let lattice = relief.lattice
    var dam = -1
    for node in relief.areas.indices where !relief.isSea[node] {
      guard relief.areas[node] < lake.largestRiver,
        Chain.distance(lattice.point(node), lake.place) < lake.reach / 3
      else { continue }
      if dam < 0 || relief.areas[node] > relief.areas[dam] { dam = node }
    }
    guard dam >= 0 else { return }
    let level = floors.heights[dam] + lake.depth
    var upstream = [Bool](repeating: false, count: lattice.count)
    upstream[dam] = true
    for index in relief.drainage.order {
      let (node, receiver) = (Int(index), Int(relief.drainage.receivers[Int(index)]))
      guard upstream[receiver], floors.heights[node] < level else { continue }
      upstream[node] = true
      levels[node] = level
    }
  }
}
