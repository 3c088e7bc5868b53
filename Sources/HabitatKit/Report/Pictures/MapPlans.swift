import GeoIO
import GroundGeometry
import Machine
import RasterCore

/// Which parts of the class rasters the maps of a report draw, and how finely.
struct MapPlans {
  /// All parks with what lies around them.
  let all: BlockPlan
  /// By anchor, the parks of which a picture of their own shows more.
  let parks: [String: BlockPlan]

  /// - Parameters:
  ///   - view: what the map of all parks shows.
  ///   - species: how many have class rasters.
  init(
    of view: Extent, _ parks: [MapMaker.Park], species: Int, on frame: borrowing MapFrame
  ) {
    let raster = frame.grid.window
    let whole = Extent(
      minX: 0, minY: 0, maxX: Double(raster.columns), maxY: Double(raster.rows))
    let isSmall = max(raster.columns, raster.rows) <= BlockPlan.longestSide
    // Maps of single parks that have no picture of their own show a little more than the one of all.
    let grid = Extent(minX: 0, minY: 0, maxX: frame.width, maxY: frame.height)
    let seen = parks.filter { $0.box.overlaps(grid) }.reduce(view) { $0.union($1.view) }
    guard
      let all = BlockPlan(covering: isSmall ? whole : frame.cells(under: seen), of: raster)
        ?? BlockPlan(covering: whole, of: raster)
    else { preconditionFailure("a grid has cells") }
    self.all = all
    var plans: [String: BlockPlan] = [:]
    if all.block > 1 {
      let side = Self.side(ofPictures: parks.count * species)
      for park in parks {
        let plan = BlockPlan(
          covering: frame.cells(under: park.view), of: raster, atMost: side,
          sides: side < BlockPlan.longestSide ? Self.fewSides : { $0 })
        if let plan, plan.block < all.block { plans[park.anchor] = plan }
      }
    }
    self.parks = plans
  }

  /// Blocks along a side of the pictures of parks: fewer where they are many, so that the report stays one
  /// that can be sent.
  static func side(ofPictures count: Int) -> Int {
    var (side, room) = (BlockPlan.longestSide, mostPictures)
    while count > room, side > leastSide { (side, room) = (side / 2, room * 4) }
    return side
  }

  /// The least of 1, 2, 3, 4, 6, 8, 12, 16 and so on that is no less than this: of each size of blocks there is
  /// a file of their water, and many parks would have many sizes.
  static func fewSides(_ block: Int) -> Int {
    var power = 1
    while 2 * power <= block { power *= 2 }
    return [power, power + power / 2, 2 * power].first { $0 >= block } ?? block
  }

  private static let (mostPictures, leastSide) = (12, 128)
}

extension MapPlans {
  /// What a report of a run will draw, before the run has left anything: of maps that the basemap serves as
  /// well, nothing.
  ///
  /// - Parameter species: how many have class rasters.
  static func beyondBasemap(
    of inputs: PreparedInputs, species: Int, threads: Int
  ) throws(HabitatError) -> [BlockPlan] {
    let grid = inputs.grid
    guard species > 0, inputs.basemap.factor > 1 else { return [] }
    let parks = try inputs.parks.map { zones throws(HabitatError) in
      try WorkerThreads.map(zones.parks, threads: threads) { () throws(HabitatError) in
        // A transform belongs to the thread that made it.
        let frame = try MapFrame(grid)
        let geometry = try MapMaker.geometry(of: zones.crs, on: frame)
        return { (park) throws(HabitatError) in
          MapMaker.Park(park.id, park.name, park.shape, geometry, on: frame)
        }
      }.compactMap(\.self)
    }
    let frame = try MapFrame(grid)
    let view = MapMaker.view(of: (parks ?? []).map(\.box), on: frame)
    let plans = MapPlans(of: view, parks ?? [], species: species, on: frame)
    return [plans.all] + plans.parks.sorted { $0.key < $1.key }.map(\.value)
  }
}
