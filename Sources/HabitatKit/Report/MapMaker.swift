import GeoIO
import RasterCore
import Reporting
import Styles

/// Makes the maps of a report out of the rasters and outlines that a run left in its folder.
struct MapMaker {
  let run: FinishedRun
  let species: [String]

  /// Cells along the longer side of a picture: finer than screens and prints show.
  private static let pictureLimit = 1600

  /// `nil` where the run wrote no class rasters, for without them there is nothing to show.
  func map() throws(HabitatError) -> ReportMap? {
    let drawn = species.filter { run.has(Self.classRaster(of: $0)) }
    guard let first = drawn.first else { return nil }
    let frame = try MapFrame(try grid(of: Self.classRaster(of: first)))
    let landCover =
      run.has(Basemap.landCoverName)
      ? try codes(Basemap.landCoverName, .landCategories, as: "landcover", on: frame) : nil
    var pictures: [ReportMap.Picture] = []
    for species in drawn {
      var classes = try codes(
        Self.classRaster(of: species), .suitabilityClasses, as: species, on: frame)
      if let landCover { classes.showWater(of: landCover) }
      pictures.append(try classes.picture(Self.classColours))
    }
    if let landCover {
      pictures.append(try landCover.picture(ColourLegend.landCategories.colours))
    }
    if run.has(Basemap.hillshadeName) {
      var relief = try codes(Basemap.hillshadeName, nil, as: "hillshade", on: frame)
      relief.raster.cells = relief.raster.cells.map { Self.shade[Int($0)] }
      pictures.append(try relief.picture(nil))
    }
    let outlines = try outlines(on: frame)
    let view = Self.view(of: outlines, on: frame)
    let lattice = frame.lattice(columns: 33, rows: 33)
    return ReportMap(
      width: frame.width, height: frame.height, view: view, pictures: pictures,
      outlines: outlines,
      graticule: Graticule.lines(over: frame, lattice: lattice, view: view), lattice: lattice,
      ground: frame.ground(of: view))
  }

  /// The grid that the map is of.
  func grid() throws(HabitatError) -> Grid? {
    try species.map(Self.classRaster).first(where: run.has).map { name throws(HabitatError) in
      try grid(of: name)
    }
  }

  /// Light by the hillshade's value: level land, what faces the sun and land without a height leave the
  /// colours under them as the legend has them; shadows darken them. Steps of eight, which no eye tells
  /// apart, make the picture half as large.
  private static let shade: [UInt8] = (0...255).map { (value: Int) -> UInt8 in
    guard value > 0 else { return 255 }
    let level = Int(Hillshade.shade(east: 0, north: 0))
    let lightened = value * 255 / level
    return UInt8(min(255, (lightened + 4) / 8 * 8))
  }

  // MARK: Files

  private static func classRaster(of species: String) -> String {
    SpeciesRasters.stem(of: .suitabilityClass, species) + ".tif"
  }

  private func raster(_ name: String) throws(HabitatError) -> RasterDataset {
    let file = try run.file(name)
    do throws(HabitatError) {
      return try RasterDataset(reading: file, drivers: ["GTiff"])
    } catch {
      throw run.unreadable(name, error.what)
    }
  }

  private func grid(of name: String) throws(HabitatError) -> Grid {
    let dataset = try raster(name)
    guard let crs = dataset.crs, let geotransform = dataset.geotransform else {
      throw run.unreadable(name, "it does not say where it lies")
    }
    return Grid(
      crs: crs, geotransform: geotransform, columns: dataset.columns, rows: dataset.rows)
  }

  private static let classColours = ColourLegend.suitabilityClasses.colours.merging(
    ColourLegend.water.entries.map { (ReportMap.waterCode, $0.colour) }, uniquingKeysWith: { $1 })

  /// - Parameter legend: of codes; `nil` for shades.
  private func codes(
    _ name: String, _ legend: ColourLegend?, as key: String, on frame: borrowing MapFrame
  ) throws(HabitatError) -> Codes {
    let dataset = try raster(name)
    let overview = try overview(of: dataset, name)
    if let legend {
      let known = Set(legend.entries.map(\.value) + [0])
      if let stray = Set(overview.raster.cells).subtracting(known).min() {
        throw run.unreadable(name, "it holds the code \(stray), which means nothing there")
      }
    }
    let geotransform = dataset.geotransform ?? frame.grid.geotransform
    let corners = [
      geotransform.point(column: 0, row: 0),
      geotransform.point(
        column: overview.columnsPerCell * Double(overview.raster.columns),
        row: overview.rowsPerCell * Double(overview.raster.rows)),
    ].map { frame.position(of: $0) }
    return Codes(
      key: key, raster: overview.raster,
      box: Extent(
        minX: corners[0].x, minY: corners[0].y, maxX: corners[1].x, maxY: corners[1].y))
  }

  private func overview(
    of dataset: borrowing RasterDataset, _ name: String
  ) throws(HabitatError) -> RasterOverview {
    do throws(HabitatError) {
      return try dataset.overview(ofBand: 1, atMost: Self.pictureLimit)
    } catch {
      throw run.unreadable(name, error.what)
    }
  }

  /// The values of a picture before they have colours.
  private struct Codes {
    let key: String
    var raster: Raster<UInt8>
    /// Where it lies on the map.
    let box: Extent

    /// Marks water among what is not suitable, so that sea and lakes are seen to be such.
    mutating func showWater(of landCover: Codes) {
      let other = landCover.raster
      func place(_ start: Double, _ step: Double, _ low: Double, _ size: Double, _ count: Int)
        -> Int
      { Int(bounded: ((start + step - low) / size * Double(count)).rounded(.down)) }
      let (wide, high) = (
        box.width / Double(raster.columns), box.height / Double(raster.rows)
      )
      let columns = (0..<raster.columns).map {
        place(
          box.minX, (Double($0) + 0.5) * wide, landCover.box.minX, landCover.box.width,
          other.columns)
      }
      for row in 0..<raster.rows {
        let otherRow = place(
          box.minY, (Double(row) + 0.5) * high, landCover.box.minY, landCover.box.height, other.rows
        )
        guard (0..<other.rows).contains(otherRow) else { continue }
        for (column, otherColumn) in columns.enumerated()
        where (0..<other.columns).contains(otherColumn)
          && raster[column, row] == SuitabilityClass.notSuitable.rawValue
          && other[otherColumn, otherRow] == LandCategory.water.rawValue
        { raster[column, row] = ReportMap.waterCode }
      }
    }

    func picture(_ colours: [UInt8: UInt32]?) throws(HabitatError) -> ReportMap.Picture {
      ReportMap.Picture(
        key: key, png: try raster.png(colours: colours), box: box, columns: raster.columns,
        codes: Set(raster.cells))
    }
  }

  // MARK: Parks

  private func outlines(
    on frame: borrowing MapFrame
  ) throws(HabitatError) -> [ReportMap.Outline] {
    guard run.has(ParksFile.name) else { return [] }
    let layer = try PolygonLayer(
      reading: try run.file(ParksFile.name),
      PolygonLayer.Selection(layer: ParksFile.layer, idField: "park_id", nameField: "park"))
    guard let crs = layer.crs else { return [] }
    // Half a unit of the map.
    let metres = frame.grid.middleCellArea.squareRoot() * Double(frame.grid.columns) / frame.width
    let geometry = try ParkGeometry(
      parksCRS: crs, grid: frame.grid, tolerance: max(metres / 2, ParkGeometry.finestTolerance))
    var outlines: [ReportMap.Outline] = []
    for feature in layer.features {
      // A park without an outline, or beyond the reach of the projection, is in the tables only.
      guard let image = geometry.imageNearGrid(of: feature.shape) else { continue }
      let shape = image.mapped { frame.position(of: $0) }.simplified(within: 1)
      guard let label = shape.pointInside, let box = shape.extent else { continue }
      outlines.append(
        ReportMap.Outline(
          anchor: SpeciesAreas.Row.anchor(ofPark: feature.id), name: feature.name, shape: shape,
          label: label, ground: frame.ground(of: box)))
    }
    return outlines
  }

  /// The parks with some land around them; the whole grid where they fill most of it or there are none.
  private static func view(
    of outlines: [ReportMap.Outline], on frame: borrowing MapFrame
  ) -> Extent {
    let whole = Extent(minX: 0, minY: 0, maxX: frame.width, maxY: frame.height)
    let boxes = outlines.compactMap(\.shape.extent).filter { $0.overlaps(whole) }
    guard let first = boxes.first else { return whole.widened(within: whole) }
    let parks = boxes.dropFirst().reduce(first) { $0.union($1) }.clipped(to: whole)
    let margin = 0.08 * max(parks.width, parks.height)
    let near = parks.expanded(byX: margin, y: margin).clipped(to: whole)
    let isMost = near.width * near.height > 0.6 * whole.width * whole.height
    return (isMost ? whole : near).widened(within: whole)
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
