import GeoIO
public import RasterCore

/// What makes a raster unusable whatever its cells hold.
extension RasterTile {
  /// A container has no cells of its own; its rasters have paths of their own.
  static func refuseContainer(
    _ dataset: borrowing RasterDataset, _ location: String
  ) throws(HabitatError) {
    guard dataset.bandCount == 0 else { return }
    let names = dataset.subdatasets
    guard !names.isEmpty else { return }
    throw HabitatError(
      .input, "subdataset-missing", "the file is a container of \(names.count) rasters",
      at: location,
      fix: "name one of them as the path: "
        + likeliestFirst(names).prefix(6).joined(separator: ", "))
  }

  /// Rasters of a container, those of classes and heights before quality flags and their like.
  ///
  /// Source: the layers of MCD12Q1, MCD12C1, C3S land cover and GEBCO as their product pages name them.
  static func likeliestFirst(_ names: [String]) -> [String] {
    let wanted = ["LC_Type1", "Majority_Land_Cover_Type_1", "lccs_class", "elevation"]
    func isWanted(_ name: String) -> Bool { wanted.contains { name.hasSuffix($0) } }
    return names.filter(isWanted) + names.filter { !isWanted($0) }
  }

  /// Complex numbers are neither codes nor heights, and GDAL would take their real part without a word.
  static func refuseComplexNumbers(
    _ band: BandDescription, _ location: String
  ) throws(HabitatError) {
    guard band.isComplex else { return }
    throw HabitatError(
      .input, "band-complex", "the band holds complex numbers (\(band.typeName))", at: location,
      fix: "give another band with --band, or make one of real numbers, for example of amplitudes")
  }

  static func geotransform(
    of dataset: borrowing RasterDataset, _ location: String
  ) throws(HabitatError) -> Geotransform {
    guard let geotransform = dataset.geotransform else {
      throw HabitatError(
        .input, "georeference-missing",
        dataset.hasGroundControlPoints
          ? "the raster has ground control points but no grid" : "the raster has no geotransform",
        at: location, fix: "give it a grid, for example with gdalwarp or gdal_translate -a_ullr")
    }
    let numbers = geotransform.coefficients
    guard numbers.allSatisfy({ $0.isFinite && abs($0) < 1e12 }), geotransform.columnStepX != 0
    else {
      throw HabitatError(
        .input, "georeference-missing", "the geotransform makes no grid: \(numbers)",
        at: location, fix: "set it anew, for example with gdal_translate -a_ullr")
    }
    let straight = geotransform.withoutIdleTurn(columns: dataset.columns, rows: dataset.rows)
    guard straight.isNorthUp else {
      throw HabitatError(
        .input, "grid-not-north-up", "the grid is rotated, sheared or runs from south to north",
        at: location, fix: "warp it to a north-up grid, for example with gdalwarp -r near")
    }
    return straight
  }

  static func crs(
    of dataset: borrowing RasterDataset, _ corrections: Corrections, _ layer: String,
    _ location: String
  ) throws(HabitatError) -> CoordinateReferenceSystem {
    guard let crs = corrections.crs ?? dataset.crs else {
      if let kind = dataset.unsuitableCRS { throw .unsuitableCRS(kind, layer, at: location) }
      throw HabitatError(
        .input, "crs-missing", "the raster does not say which coordinate reference system it is in",
        at: location, fix: "if you know it, add --assume-crs \(layer)=EPSG:…")
    }
    guard crs.isOfEarth else {
      throw HabitatError(
        .input, "crs-not-earth",
        "\(crs.name) is of a body of \(Int(bounded: crs.ellipsoid.semiMajorAxis / 1000)) km radius, not of the "
          + "Earth",
        at: location,
        fix: "give data of the Earth; if the CRS is wrong, set it with --assume-crs \(layer)=EPSG:…"
      )
    }
    return crs
  }

  /// Cells below a tenth of a millimetre or beyond the size of the Earth, as damaged headers have them.
  static func refuseCellSize(_ grid: Grid, _ location: String) throws(HabitatError) {
    let metres =
      grid.crs.isGeographic ? grid.crs.unit * grid.crs.ellipsoid.semiMajorAxis : grid.crs.unit
    let sizes = [grid.geotransform.columnStepX * metres, -grid.geotransform.rowStepY * metres]
    guard let size = sizes.first(where: { !(1e-4...2e7).contains($0) }) else { return }
    throw HabitatError(
      .input, "cell-size-implausible", "a cell measures \(size) m", at: location,
      fix:
        "the header is damaged, or the CRS is another one: set it with --assume-crs, or the grid "
        + "with gdal_translate -a_ullr")
  }

  /// Metres or swapped axes under a CRS of degrees.
  static func refuseDegreesOffEarth(
    _ grid: Grid, _ layer: String, _ location: String
  ) throws(HabitatError) {
    guard let turn = grid.crs.turn else { return }
    let (box, cell) = (grid.extent, -grid.geotransform.rowStepY)
    // Grids of points, such as climate models, reach half a cell beyond the poles.
    let pole = turn / 4 + cell
    guard box.minY < -pole || box.maxY > pole || max(-box.minX, box.maxX) > 1.5 * turn else {
      return
    }
    throw HabitatError(
      .input, "coordinates-not-degrees",
      "the CRS \(grid.crs.name) counts degrees, but the grid lies at \(box.minX)…\(box.maxX) by "
        + "\(box.minY)…\(box.maxY)",
      at: location,
      fix: "the coordinates are of another CRS, or x and y are swapped: set it with --assume-crs "
        + "\(layer)=EPSG:…, or the grid with gdal_translate -a_ullr")
  }

  static func unevenGrid(_ axis: String, _ location: String) -> HabitatError {
    HabitatError(
      .input, "grid-uneven", "the cells lie unevenly along \(axis), so they make no grid",
      at: location,
      fix: "give the product on an even grid, such as its publisher's GeoTIFF, or what cdo remapnn "
        + "makes of it"
    )
  }

  /// The mean of two codes is a third one, and overviews may be means.
  static func refuseMixedCodes(
    _ sources: RasterSources, _ location: String
  ) throws(HabitatError) {
    func listed(_ texts: [String]) -> String { texts.prefix(3).joined(separator: "; ") }
    guard sources.blends.isEmpty else {
      throw HabitatError(
        .input, "codes-blended",
        "the virtual raster makes numbers of its own from the codes of \(listed(sources.blends))",
        at: location,
        fix: "build it again with -r near or -r mode, or give its sources themselves")
    }
    guard sources.withOverviewsRead.isEmpty else {
      throw HabitatError(
        .input, "codes-from-overviews",
        "the virtual raster has fewer cells than its sources, so that GDAL reads overviews, which "
          + "may hold averages: \(listed(sources.withOverviewsRead))", at: location,
        fix: "give its sources themselves, with --resolution where cells are to be larger, or a "
          + "GeoTIFF made of them with gdalwarp -r near -ovr NONE")
    }
  }

  /// A few bytes that declare a raster without end, before any memory is asked for.
  static func refuseImplausibleSize(
    _ dataset: borrowing RasterDataset, _ band: BandDescription, _ location: String
  ) throws(HabitatError) {
    let (columns, rows) = (dataset.columns, dataset.rows)
    var reason: String?
    if max(columns, rows) > RasterDataset.mostCellsAlongSide {
      reason = "\(columns) × \(rows) cells"
    }
    if band.blockColumns.multipliedReportingOverflow(by: band.blockRows).partialValue > 1 << 30 {
      reason = "blocks of \(band.blockColumns) × \(band.blockRows) cells"
    }
    // Compression and sparse tiles bring 20,000 cells to a byte; a virtual raster has no cells.
    if dataset.driver != "VRT", columns * rows > 1 << 30,
      case .bytes(let bytes) = FileSystem.size(of: dataset.path), bytes < columns * rows / 100_000
    {
      reason = "\(columns) × \(rows) cells in \(bytes) bytes"
    }
    guard let reason else { return }
    throw HabitatError(
      .input, "raster-implausible", "the file declares \(reason)", at: location,
      fix:
        "the header is damaged: fetch the file again; if it is right, tile it with gdal_translate "
        + "-co TILED=YES")
  }

  /// Sources of a virtual raster that nobody allowed, that are none, or not what it says they are.
  static func refuseUnusable(
    _ sources: RasterSources, of path: String, _ location: String
  ) throws(HabitatError) {
    if let source = sources.forbidden {
      throw HabitatError(
        .input, "source-remote", "the file is made of another on the network: \(source)",
        at: location, fix: "fetch that file, or name a path on the network yourself")
    }
    if let source = sources.special {
      try FileSystem.refuseSpecialFile(source, at: "\(location), which is made of \(source)")
    }
    guard !sources.readsMemory else {
      throw HabitatError(
        .input, "source-memory", "the file reads an address in memory instead of a file",
        at: location, fix: "ask who made it for the data themselves")
    }
    if let misread = sources.misread {
      throw HabitatError(
        .input, "raster-implausible",
        "the VRT declares \(misread.size) cells, which is no size of a raster",
        at: misread.path == path ? location : "\(location), which is made of \(misread.path)",
        fix: "build it again, for example with gdalbuildvrt")
    }
    guard sources.misfits.isEmpty else {
      throw HabitatError(
        .input, "source-changed",
        "the VRT does not fit what it is made of: "
          + sources.misfits.prefix(3).joined(separator: "; "),
        at: location, fix: "build it again, for example with gdalbuildvrt, or put its sources back")
    }
  }
}

extension HabitatError {
  /// - Parameter kind: what the CRS is, in words.
  public static func unsuitableCRS(
    _ kind: String, _ layer: String, at location: String
  ) -> HabitatError {
    HabitatError(
      .input, "crs-unsuitable", "its CRS is \(kind)", at: location,
      fix:
        "bring it to longitude and latitude or to a projection, or, if its CRS is wrong, set it with "
        + "--assume-crs \(layer)=EPSG:…")
  }
}

extension Geotransform {
  /// The same without terms of rotation that move no corner by a thousandth of a cell: rounding leaves them.
  fileprivate func withoutIdleTurn(columns: Int, rows: Int) -> Geotransform {
    let shifts = [
      rowStepX * Double(rows) / columnStepX, columnStepY * Double(columns) / rowStepY,
    ]
    guard shifts.allSatisfy({ abs($0) < 1e-3 }) else { return self }
    var straight = self
    (straight.rowStepX, straight.columnStepY) = (0, 0)
    return straight
  }
}
