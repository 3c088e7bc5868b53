import GeoIO
import RasterCore
import Reporting
import Styles

/// The pictures of a report's maps, out of the rasters of a run.
struct MapPictures {
  let run: FinishedRun
  /// Those with a class raster.
  let species: [String]

  // MARK: Pictures

  func pictures(
    _ plans: MapPlans, on frame: borrowing MapFrame
  ) throws(HabitatError) -> [ReportMap.Picture] {
    let landCover = try landCover(on: frame)
    var pictures: [ReportMap.Picture] = []
    for species in species {
      let name = Self.classRaster(of: species)
      let dataset = try run.raster(name)
      pictures.append(
        try classes(plans.all, of: dataset, name, species, landCover, park: nil, on: frame))
      for (park, plan) in plans.parks.sorted(by: { $0.key < $1.key }) {
        pictures.append(
          try classes(plan, of: dataset, name, species, landCover, park: park, on: frame))
      }
    }
    if let landCover {
      pictures.append(
        try landCover.picture(
          "landcover", landCover.raster, ColourLegend.landCategories.colours, on: frame))
    }
    if run.has(Basemap.hillshadeName) {
      let relief = try overview(Basemap.hillshadeName, nil, on: frame)
      let shades = Raster(
        columns: relief.raster.columns, rows: relief.raster.rows,
        cells: relief.raster.cells.map { Self.shade[Int($0)] })
      pictures.append(try relief.picture("hillshade", shades, nil, on: frame))
    }
    return pictures
  }

  static func classRaster(of species: String) -> String {
    SpeciesRasters.stem(of: .suitabilityClass, species) + ".tif"
  }

  private static let classColours = ColourLegend.suitabilityClasses.colours.merging(
    ColourLegend.water.entries.map { (ReportMap.waterCode, $0.colour) }, uniquingKeysWith: { $1 })

  /// Per cent as greys, in a table of colours: compared with their neighbours, as a picture of greys is, they
  /// take half as much again.
  private static let percents = Dictionary(
    uniqueKeysWithValues: (UInt8(0)...100).map { ($0, UInt32($0) * 0x01_0101) })

  private func classes(
    _ plan: BlockPlan, of dataset: borrowing RasterDataset, _ name: String, _ species: String,
    _ landCover: Overview?, park: String?, on frame: borrowing MapFrame
  ) throws(HabitatError) -> ReportMap.Picture {
    let blocks = try blocks(plan, of: dataset, name, over: landCover, on: frame)
    return ReportMap.Picture(
      key: species, park: park, png: try blocks.codes.png(colours: Self.classColours),
      box: frame.box(of: plan.blocks), columns: plan.columns, codes: blocks.codes.occurring,
      cells: ReportMap.Picture.Cells(
        window: plan.window, block: plan.block,
        shares: try blocks.shares?.png(colours: Self.percents)))
  }

  /// A part of a class raster as it is drawn: water among what is not suitable is marked.
  ///
  /// - Throws: `.input`, slug `output-changed`.
  func blocks(
    _ plan: BlockPlan, of dataset: borrowing RasterDataset, _ name: String,
    over landCover: Overview?, on frame: borrowing MapFrame
  ) throws(HabitatError) -> ClassBlocks {
    var blocks: ClassBlocks
    do throws(HabitatError) {
      blocks = try ClassBlocks(plan, of: dataset) { stray in
        run.unreadable(name, "it holds the code \(stray), which means nothing there")
      }
    } catch {
      throw error.slug == "output-changed" ? error : run.unreadable(name, error.what)
    }
    let water = WaterBlocks.name(ofBlock: plan.block)
    if run.has(water) {
      blocks.showWater(try self.water(water, of: plan, on: frame.grid))
    } else if let landCover {
      blocks.showWater(of: landCover)
    }
    return blocks
  }

  /// The basemap's; `nil` where there is none.
  ///
  /// - Throws: `.input`, slug `output-changed`.
  func landCover(on frame: borrowing MapFrame) throws(HabitatError) -> Overview? {
    run.has(Basemap.landCoverName)
      ? try overview(Basemap.landCoverName, .landCategories, on: frame) : nil
  }

  // MARK: The basemap

  /// A raster of the basemap, whole.
  struct Overview {
    let raster: Raster<UInt8>
    /// Cells of the grid along a side of one of these.
    let block: Int
    /// The cell of the grid in which it begins.
    let column: Int
    let row: Int

    func picture(
      _ key: String, _ shown: Raster<UInt8>, _ colours: [UInt8: UInt32]?,
      on frame: borrowing MapFrame
    ) throws(HabitatError) -> ReportMap.Picture {
      // The last column and row may reach beyond the grid.
      let window = Window(
        column: column, row: row, columns: shown.columns * block, rows: shown.rows * block)
      return ReportMap.Picture(
        key: key, park: nil, png: try shown.png(colours: colours), box: frame.box(of: window),
        columns: shown.columns, codes: shown.occurring,
        cells: ReportMap.Picture.Cells(window: window, block: block, shares: nil))
    }
  }

  /// - Parameter legend: of codes; `nil` for shades.
  private func overview(
    _ name: String, _ legend: ColourLegend?, on frame: borrowing MapFrame
  ) throws(HabitatError) -> Overview {
    let dataset = try run.raster(name)
    let window = Window(column: 0, row: 0, columns: dataset.columns, rows: dataset.rows)
    var raster = Raster(columns: window.columns, rows: window.rows, filledWith: UInt8(0))
    do throws(HabitatError) {
      try dataset.read(window, band: 1, into: &raster.cells)
    } catch {
      throw run.unreadable(name, error.what)
    }
    if let legend {
      let known = Set(legend.entries.map(\.value) + [0])
      if let stray = raster.occurring.subtracting(known).min() {
        throw run.unreadable(name, "it holds the code \(stray), which means nothing there")
      }
    }
    guard let place = dataset.geotransform else {
      throw run.unreadable(name, "it has no georeferencing")
    }
    let corners = [(0.0, 0.0), (1, 1)].map {
      frame.grid.geotransform.index(of: place.point(column: $0.0, row: $0.1))
    }
    return Overview(
      raster: raster, block: max(1, Int(bounded: (corners[1].x - corners[0].x).rounded())),
      column: Int(bounded: corners[0].x.rounded()), row: Int(bounded: corners[0].y.rounded()))
  }

  /// How much of the light under it the relief leaves, by the hillshade's value: level land, what faces the
  /// sun and land without a height leave all of it.
  private static let shade: [UInt8] = (0...255).map { (value: Int) -> UInt8 in
    guard value > 0 else { return 255 }
    let level = Double(Hillshade.shade(east: 0, north: 0))
    let light = min(1, Double(value - 1) / (level - 1))
    return UInt8((255 * (ReliefShade.darkest + (1 - ReliefShade.darkest) * light)).rounded())
  }
}

extension Raster<UInt8> {
  /// The values that occur.
  fileprivate var occurring: Set<UInt8> {
    var isThere = [Bool](repeating: false, count: 256)
    for cell in cells { isThere[Int(cell)] = true }
    return Set((UInt8(0)...255).filter { isThere[Int($0)] })
  }
}
