import GeoIO
import RasterCore
import Reporting

/// Prints the maps of a run, for each species a page of all parks and, where that shows them in blocks, one of each
/// park, as one georeferenced PDF.
struct MapPrinter {
  let facts: RunFacts
  /// In the order of the run.
  let species: [SpeciesAreas]
  let map: ReportMap
  /// The grid that the map is of.
  let grid: Grid
  /// The digest of the run's record.
  let record: String
  let wording: Wording

  /// The bytes of the PDF.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  func bytes() throws(HabitatError) -> [UInt8] {
    let memory = MemoryFolder()
    var pages: [MapBook.Page] = []
    for areas in species where map.picture(areas.name) != nil {
      pages.append(try page(of: areas, on: map, park: nil, pages.count, in: memory))
      // Parks that the page of all shows in blocks have pages on which they are seen better.
      for park in map.outlines {
        guard let own = map.map(of: park, for: areas.name) else { continue }
        pages.append(try page(of: areas, on: own, park: park, pages.count, in: memory))
      }
    }
    let title = wording.sentence("mappage.book", ["landscape": facts.title])
    let book = MapBook(title: title, subject: record, pages: pages, wording: wording)
    return try GeoPDF.bytes(of: book.composition)
  }

  private func page(
    of areas: SpeciesAreas, on map: ReportMap, park: ReportMap.Outline?, _ number: Int,
    in memory: borrowing MemoryFolder
  ) throws(HabitatError) -> MapBook.Page {
    let page = MapPage(
      of: areas, in: park?.name, on: map, facts: facts, crs: grid.crs.name, record: record,
      wording: wording)
    guard let picture = map.picture(areas.name) else {
      preconditionFailure("a page is of a species with a picture")
    }
    let stem = "\(number)-"
    let layer = park.map { "\(areas.name)_\($0.anchor)" } ?? "\(areas.name)_parks"
    return MapBook.Page(
      name: page.name, width: page.width, height: page.height, frame: page.frame,
      crs: grid.crs.wkt, corners: corners(of: page),
      suitability: try place(picture, on: page, stem + "suitability", in: memory),
      hillshade: try map.picture("hillshade").map { picture throws(HabitatError) in
        try place(picture, on: page, stem + "hillshade", in: memory)
      },
      parks: try parks(areas, on: page, layer, stem + "parks.gpkg", in: memory),
      ground: try memory.write(Array(page.ground.file.utf8), to: stem + "ground.pdf"),
      halos: try memory.write(Array(page.halos.file.utf8), to: stem + "halos.pdf"),
      names: try memory.write(Array(page.names.file.utf8), to: stem + "names.pdf"),
      furniture: try memory.write(Array(page.furniture.file.utf8), to: stem + "page.pdf"))
  }

  // MARK: Places

  private func corners(of page: MapPage) -> [(page: Point, ground: Point)] {
    page.map.view.corners.map { corner in
      (page: page.point(of: corner), ground: ground(corner))
    }
  }

  /// Where a place of the map is in the grid's CRS.
  private func ground(_ position: Point) -> Point {
    grid.geotransform.point(
      column: position.x / map.width * Double(grid.columns),
      row: position.y / map.height * Double(grid.rows))
  }

  private func box(_ place: Extent, on page: MapPage) -> Extent {
    let (first, second) = (
      page.point(of: Point(x: place.minX, y: place.maxY)),
      page.point(of: Point(x: place.maxX, y: place.minY))
    )
    return Extent(minX: first.x, minY: first.y, maxX: second.x, maxY: second.y)
  }

  // MARK: Pictures

  /// The part of a picture that is seen, as an image that GDAL can lay upon a page.
  private func place(
    _ picture: ReportMap.Picture, on page: MapPage, _ name: String,
    in memory: borrowing MemoryFolder
  ) throws(HabitatError) -> MapBook.Picture {
    let dataset = try RasterDataset(reading: try memory.write(picture.png, to: name + ".png"))
    let (columnStep, rowStep) = (
      picture.box.width / Double(dataset.columns), picture.box.height / Double(dataset.rows)
    )
    let view = page.map.view
    let seen = Extent(
      minX: max(view.minX, picture.box.minX), minY: max(view.minY, picture.box.minY),
      maxX: min(view.maxX, picture.box.maxX), maxY: min(view.maxY, picture.box.maxY))
    let part = Extent(
      minX: (seen.minX - picture.box.minX) / columnStep,
      minY: (seen.minY - picture.box.minY) / rowStep,
      maxX: (seen.maxX - picture.box.minX) / columnStep,
      maxY: (seen.maxY - picture.box.minY) / rowStep)
    // The frame may cut cells: several dots a cell let it cut large ones where it should.
    let dots = max(1, (Self.leastDots / max(part.width, part.height)).rounded(.up))
    let image = memory.path(name + ".tif")
    try dataset.writeImage(
      of: part, columns: max(1, Int(bounded: (part.width * dots).rounded())),
      rows: max(1, Int(bounded: (part.height * dots).rounded())), to: image)
    return MapBook.Picture(dataset: image, box: box(seen, on: page))
  }

  /// Along the longer side of a picture, so that a dot is at most half a point wide.
  private static let leastDots = 1600.0

  // MARK: Parks

  /// The outlines within the frame with the figures of the species, as a layer of the page.
  private func parks(
    _ areas: SpeciesAreas, on page: MapPage, _ layer: String, _ name: String,
    in memory: borrowing MemoryFolder
  ) throws(HabitatError) -> MapBook.Outlines? {
    let map = page.map
    guard !map.outlines.isEmpty else { return nil }
    let view = PolygonShape(rings: [map.view.corners])
    var features: [(shape: VectorWriter.Shape, values: [VectorWriter.FieldValue])] = []
    for outline in map.outlines {
      guard let row = areas.rows.first(where: { $0.anchor == outline.anchor }) else { continue }
      let seen = try Self.part(of: outline, in: view)
      guard !seen.isEmpty else { continue }
      features.append(
        (
          .polygon(seen.mapped(page.point)),
          [.text(row.id), .text(row.name), .real(row.area.value)]
            + row.classes.map { .real($0.value) }
        ))
    }
    guard !features.isEmpty else { return nil }
    let outlines = MapBook.Outlines(
      dataset: memory.path(name), layer: layer)
    let file = try VectorWriter(creating: outlines.dataset)
    try file.addLayer(
      outlines.layer, crs: grid.crs, kind: .polygon,
      fields: [("park_id", .text), ("park", .text), ("park_km2", .real)]
        + SuitabilityClass.allCases.map { ("\($0.key)_km2", .real) },
      features: features)
    try file.close()
    return outlines
  }

  /// What of an outline is seen.
  ///
  /// - Throws: `.fault`, slug `polygon-overlay`: outlines come here valid, and no file of the user's is at
  ///   fault.
  static func part(
    of outline: ReportMap.Outline, in view: PolygonShape
  ) throws(HabitatError) -> PolygonShape {
    do throws(HabitatError) {
      return try PolygonOverlay.intersection(outline.shape, view)
    } catch {
      throw HabitatError(
        .fault, error.slug,
        "the outline of the park \"\(outline.name)\" cannot be cut for the page: "
          + error.what, at: "report.pdf, in units of its map",
        fix: "report.html is whole; please report this with the file parks.gpkg of the run")
    }
  }
}
