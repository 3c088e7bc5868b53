import GeoIO
import GroundGeometry
import RasterCore
import Reporting
import RunFolder

/// Makes the maps of a report out of the rasters and outlines that a run left in its folder.
struct MapMaker {
  let run: FinishedRun
  let species: [String]

  /// `nil` where the run wrote no class rasters, for without them there is nothing to show.
  func map() throws(HabitatError) -> ReportMap? {
    let drawn = species.filter { run.has(MapPictures.classRaster(of: $0)) }
    guard let grid = try grid() else { return nil }
    let frame = try MapFrame(grid)
    let parks = try parks(on: frame)
    let view = Self.view(of: parks.map(\.box), on: frame)
    let pictures = MapPictures(run: run, species: drawn)
    let plans = MapPlans(of: view, parks, species: drawn.count, on: frame)
    // The part that can be looked at.
    let bounds = frame.box(of: plans.all.window)
    let lattice = frame.lattice(over: bounds, columns: 33, rows: 33)
    let slack = Self.slack(of: view, plans.all, on: frame)
    var outlines: [ReportMap.Outline] = []
    for park in parks {
      guard let outline = try outline(of: park, among: parks, plans, slack, on: frame) else {
        continue
      }
      outlines.append(outline)
    }
    return ReportMap(
      width: frame.width, height: frame.height, columns: grid.columns, rows: grid.rows,
      bounds: bounds, view: view, pictures: try pictures.pictures(plans, on: frame),
      outlines: outlines, slack: slack,
      graticule: Graticule.lines(over: frame, lattice: lattice, view: view), lattice: lattice,
      ground: frame.ground(of: view))
  }

  /// The grid that the map is of.
  func grid() throws(HabitatError) -> Grid? {
    try species.map(MapPictures.classRaster).first(where: run.has).map {
      name throws(HabitatError) in try run.grid(of: name)
    }
  }

  // MARK: Parks

  /// A park as it lies on the map, to a metre or the sixteenth part of a cell.
  struct Park {
    let anchor: String
    let name: String
    let shape: PolygonShape
    let box: Extent
    /// What a map of its own shows.
    let view: Extent

    /// `nil` of a park without an outline, or beyond the reach of the projection: that is in the tables only.
    ///
    /// - Parameter geometry: that of `MapMaker.geometry(of:on:)`.
    init?(
      _ id: String, _ name: String, _ shape: PolygonShape, _ geometry: borrowing ParkGeometry,
      on frame: borrowing MapFrame
    ) {
      guard let image = geometry.imageNearGrid(of: shape) else { return nil }
      let shape = image.mapped { frame.position(of: $0) }
      guard let box = shape.extent else { return nil }
      anchor = SpeciesAreas.Row.anchor(ofPark: id)
      (self.name, self.shape, self.box) = (name, shape, box)
      view = MapMaker.view(around: box, on: frame)
    }
  }

  /// How the outlines of parks are brought onto maps.
  static func geometry(
    of parks: CoordinateReferenceSystem, on frame: borrowing MapFrame
  ) throws(HabitatError) -> ParkGeometry {
    let tolerance = min(1, frame.grid.middleCellArea.squareRoot() / 16)
    return try ParkGeometry(
      parksCRS: parks, grid: frame.grid, tolerance: max(tolerance, ParkGeometry.finestTolerance))
  }

  func parks(on frame: borrowing MapFrame) throws(HabitatError) -> [Park] {
    guard run.has(ParksFile.name) else { return [] }
    let layer = try PolygonLayer(
      reading: try run.file(ParksFile.name),
      PolygonLayer.Selection(layer: ParksFile.layer, idField: "park_id", nameField: "park"))
    guard let crs = layer.crs else { return [] }
    let geometry = try Self.geometry(of: crs, on: frame)
    var parks: [Park] = []
    for feature in layer.features {
      guard let park = Park(feature.id, feature.name, feature.shape, geometry, on: frame) else {
        continue
      }
      parks.append(park)
    }
    return parks
  }

  /// How far an outline may lie from the park: a quarter of what is drawn as one dot.
  private static func slack(
    of view: Extent, _ plan: BlockPlan?, on frame: borrowing MapFrame
  ) -> Double {
    let dot = max(view.width, view.height) / Double(BlockPlan.longestSide)
    return min(plan.map { Double($0.block) * frame.cell } ?? dot, dot) / 4
  }

  private func outline(
    of park: Park, among parks: [Park], _ plans: MapPlans, _ slack: Double,
    on frame: borrowing MapFrame
  ) throws(HabitatError) -> ReportMap.Outline? {
    let shape = park.shape.simplified(within: slack)
    let ownSlack = min(slack, Self.slack(of: park.view, plans.parks[park.anchor], on: frame))
    let own = ownSlack < slack ? park.shape.simplified(within: ownSlack) : shape
    // Of a park below what is drawn as a dot nothing may be left in the map of all.
    guard let label = own.pointInside else { return nil }
    let view = PolygonShape(rings: [park.view.corners])
    // Wider than the view, so that the cut is not seen.
    let around = PolygonShape(rings: [
      park.view.expanded(byX: park.view.width / 8, y: park.view.height / 8).corners
    ])
    var others: [ReportMap.Outline] = []
    for other in parks where other.anchor != park.anchor && other.box.overlaps(park.view) {
      let shape = try Self.part(of: other, in: around).simplified(within: ownSlack)
      // Named where it is seen.
      guard let label = try Self.part(of: other, in: view).pointInside else { continue }
      others.append(
        ReportMap.Outline(
          anchor: other.anchor, name: other.name, shape: shape, label: label,
          ground: frame.ground(of: park.view)))
    }
    return ReportMap.Outline(
      anchor: park.anchor, name: park.name, shape: shape, label: label,
      ground: frame.ground(of: park.view),
      inset: ReportMap.Inset(
        view: park.view, shape: own, slack: ownSlack, others: others,
        graticule: plans.parks[park.anchor] == nil
          ? []
          : Graticule.lines(
            over: frame, lattice: frame.lattice(over: park.view, columns: 9, rows: 9),
            view: park.view)))
  }

  /// - Throws: `.fault`, slug `polygon-overlay`: outlines come here valid.
  private static func part(
    of park: Park, in view: PolygonShape
  ) throws(HabitatError) -> PolygonShape {
    do throws(HabitatError) {
      return try PolygonOverlay.intersection(park.shape.repaired, view)
    } catch {
      throw HabitatError(
        .fault, error.slug,
        "the outline of the park \"\(park.name)\" cannot be cut for a neighbour's map: \(error.what)",
        at: ReportFiles.page, fix: "please report this with the file parks.gpkg of the run")
    }
  }

  // MARK: Views

  /// A park with some land around it, about square, so that all insets look alike.
  fileprivate static func view(around box: Extent, on frame: borrowing MapFrame) -> Extent {
    let margin = 0.1 * max(box.width, box.height) + frame.cell
    let (x, y) = ((box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2)
    let (wide, high) = (box.width + 2 * margin, box.height + 2 * margin)
    let (halfWidth, halfHeight) = (max(wide, 0.8 * high) / 2, max(high, 0.8 * wide) / 2)
    return Extent(
      minX: x - halfWidth, minY: y - halfHeight, maxX: x + halfWidth, maxY: y + halfHeight)
  }

  /// The parks with some land around them; the whole grid where they fill most of it or there are none.
  static func view(of parks: [Extent], on frame: borrowing MapFrame) -> Extent {
    let whole = Extent(minX: 0, minY: 0, maxX: frame.width, maxY: frame.height)
    let boxes = parks.filter { $0.overlaps(whole) }
    guard let first = boxes.first else { return whole.widened(within: whole) }
    let parks = boxes.dropFirst().reduce(first) { $0.union($1) }.clipped(to: whole)
    let margin = 0.08 * max(parks.width, parks.height)
    let near = parks.expanded(byX: margin, y: margin).clipped(to: whole)
    let isMost = near.width * near.height > 0.6 * whole.width * whole.height
    return (isMost ? whole : near).widened(within: whole)
  }
}

extension FinishedRun {
  /// - Throws: `.input`, slug `output-changed`.
  func raster(_ name: String) throws(HabitatError) -> RasterDataset {
    let file = try file(name)
    do throws(HabitatError) {
      return try RasterDataset(reading: file, drivers: ["GTiff"])
    } catch {
      throw unreadable(name, error.what)
    }
  }

  /// - Throws: `.input`, slug `output-changed`.
  func grid(of name: String) throws(HabitatError) -> Grid {
    let dataset = try raster(name)
    guard let crs = dataset.crs, let geotransform = dataset.geotransform else {
      throw unreadable(name, "it has no georeferencing")
    }
    return Grid(
      crs: crs, geotransform: geotransform, columns: dataset.columns, rows: dataset.rows)
  }
}

extension Extent {
  fileprivate func clipped(to other: Extent) -> Extent {
    Extent(
      minX: max(minX, other.minX), minY: max(minY, other.minY), maxX: min(maxX, other.maxX),
      maxY: min(maxY, other.maxY))
  }

  /// Grown where it is so narrow or so low that it would make a poor page, over `whole` as far as that
  /// reaches.
  fileprivate func widened(within whole: Extent) -> Extent {
    let (leastRatio, mostRatio) = (0.9, 1.7)
    let wide = max(width, leastRatio * height)
    let high = max(height, wide / mostRatio)
    func placed(_ low: Double, _ high: Double, _ size: Double, _ floor: Double, _ ceiling: Double)
      -> (Double, Double)
    {
      let start = (low + high - size) / 2
      guard size < ceiling - floor else {
        return ((floor + ceiling - size) / 2, (floor + ceiling + size) / 2)
      }
      let moved = min(max(start, floor), ceiling - size)
      return (moved, moved + size)
    }
    let (left, right) = placed(minX, maxX, wide, whole.minX, whole.maxX)
    let (top, bottom) = placed(minY, maxY, high, whole.minY, whole.maxY)
    return Extent(minX: left, minY: top, maxX: right, maxY: bottom)
  }
}
