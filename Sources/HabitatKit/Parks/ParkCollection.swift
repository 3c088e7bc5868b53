import GeoIO
import Machine
import RasterCore
import RasterLoader

/// The parks of a run in reporting order, with their CRS.
struct ParkCollection: Sendable {
  let parks: [Park]
  let crs: CoordinateReferenceSystem
  let files: [String]
  let warnings: [HabitatWarning]
  let description: VectorDescription
  let memory: OutlineMemory
  let origin: LayerOrigin

  /// - Throws: `.input`: `crs-missing`, `parks-empty`, `parks-not-polygons`, `park-id-duplicate` and
  ///   those of reading a layer; `.cannotWrite`: `memory-too-small`.
  init(
    reading source: Landscape.VectorLayer, within limits: MemoryLimits = .unasked
  ) throws(HabitatError) {
    let layer = try PolygonLayer(reading: source.path, source.selection) {
      (size) throws(HabitatError) in
      try OutlineMemory(size: size).refuse(beyond: limits)
    }
    memory = OutlineMemory(size: layer.size)
    if memory.isLarge { ProcessHeap.trim() }
    let location = "parks: \(source.path), layer \(layer.layer)"
    guard let crs = source.crs ?? layer.crs else {
      if let kind = layer.unsuitableCRS { throw .unsuitableCRS(kind, "parks", at: location) }
      throw .crsMissing(of: "parks", unreadable: layer.unreadableCRS, at: location)
    }
    try Self.check(layer, location)
    try Self.refuseOffEarth(layer, crs, location)
    let corners = layer.features.lazy.compactMap(\.shape.extent).first?.corners ?? []
    guard try crs.isHeldByGeoPackage(at: corners) else {
      throw .unsuitableCRS(
        "\(crs.name) with axes that the GeoPackage of the results cannot hold", "parks",
        at: location)
    }
    self.crs = crs
    files = layer.files
    origin = LayerOrigin(layer)
    parks = layer.features.map {
      Park(id: $0.id, name: $0.name, shape: $0.shape, wasRepaired: $0.drawn != nil)
    }.inReportingOrder()
    warnings =
      try layer.warnings + Self.repairs(of: layer, crs, location)
      + Self.warnings(about: layer, location)
      + (source.selection.idField == nil ? Self.namingWarnings(about: layer, location) : [])
    description = VectorDescription(layer, crs: source.crs)
  }

  private static func check(_ layer: PolygonLayer, _ location: String) throws(HabitatError) {
    guard !layer.features.isEmpty else {
      throw HabitatError(
        .input, "parks-empty",
        layer.isOpenStreetMap ? "the extract holds no such areas" : "the layer holds no parks",
        at: location,
        fix: layer.isOpenStreetMap
          ? "without --parks-where protected areas are taken; others by tag, such as --parks-where "
            + "\"boundary = 'administrative' AND admin_level = '4'\""
          : "check --parks-layer and --parks-where")
    }
    if let feature = layer.features.first(where: { !$0.isPolygonal }) {
      throw HabitatError(
        .input, "parks-not-polygons", "feature \(feature.id) is no polygon, so it has no area",
        at: location,
        fix: "give a layer of polygons; lines that close become polygons by ogr2ogr -nlt POLYGON "
          + "parks.gpkg \(layer.path.shown)")
    }
    guard layer.features.contains(where: { !$0.shape.isEmpty }) else {
      throw HabitatError(
        .input, "parks-empty", "no feature of the layer has a geometry", at: location,
        fix: "check --parks-layer and --parks-where")
    }
    var seen: Set<String> = []
    for feature in layer.features where !seen.insert(feature.id).inserted {
      throw HabitatError(
        .input, "park-id-duplicate", "two parks have the identifier \"\(feature.id)\"",
        at: location, fix: "choose another field with --park-id, or dissolve the parts of a park")
    }
  }

  /// A CRS of another body, or coordinates that are no degrees under one that counts them.
  private static func refuseOffEarth(
    _ layer: PolygonLayer, _ crs: CoordinateReferenceSystem, _ location: String
  ) throws(HabitatError) {
    guard crs.isOfEarth else {
      throw HabitatError(
        .input, "crs-not-earth", "\(crs.name) is not of the Earth", at: location,
        fix: "give parks of the Earth, or set their CRS with --assume-crs parks=EPSG:…")
    }
    guard let turn = crs.turn,
      let feature = layer.features.first(where: { feature in
        guard let box = feature.shape.extent else { return false }
        return max(-box.minY, box.maxY) > turn / 4 + 1e-6 || max(-box.minX, box.maxX) > 1.5 * turn
      }), let box = feature.shape.extent
    else { return }
    throw HabitatError(
      .input, "coordinates-not-degrees",
      "the CRS \(crs.name) counts degrees, but park \(feature.name) lies at \(box.minX)…\(box.maxX) "
        + "by \(box.minY)…\(box.maxY)",
      at: location,
      fix:
        "if longitude and latitude are swapped, swap them (ogr2ogr -swapxy in GDAL 3.7, or ST_SwapXY); "
        + "else set the CRS with --assume-crs parks=EPSG:…")
  }

  private static func warnings(
    about layer: PolygonLayer, _ location: String
  ) -> [HabitatWarning] {
    var warnings: [HabitatWarning] = []
    let copies = Self.copies(among: layer.features)
    if !copies.isEmpty {
      warnings.append(
        HabitatWarning(
          "park-duplicate", "parks have the very outline of an earlier one: \(copies.listed)",
          at: location, fix: "leave out the copies with --parks-where; the total counts land once"))
    }
    let empty = layer.features.filter { $0.shape.isEmpty }.map(\.name)
    if !empty.isEmpty {
      warnings.append(
        HabitatWarning(
          "park-without-geometry", "parks without a geometry count as 0 km²: \(empty.listed)",
          at: location, fix: "give them an outline or leave them out with --parks-where"))
    }
    return warnings
  }
}

extension ParkCollection {
  /// Numbers of features stand for names only where the file has none.
  private static func namingWarnings(
    about layer: PolygonLayer, _ location: String
  ) -> [HabitatWarning] {
    guard let first = layer.nameCandidates.first else { return [] }
    let (count, others) = (layer.features.count, layer.nameCandidates.dropFirst().map(\.name))
    return [
      HabitatWarning(
        "parks-unnamed",
        "no field is called name, so \(count == 1 ? "the park goes" : "\(count) parks go") by the number of the "
          + "feature: \(layer.features.map(\.name).listed)",
        at: location,
        fix: "add --park-name \(first.name)"
          + (first.example.isEmpty ? "" : ", where the first is \"\(first.example)\"")
          + (others.isEmpty ? "" : "; other fields of text: \(others.listed)"))
    ]
  }

  /// The names of features whose outline occurs before.
  fileprivate static func copies(among features: [PolygonLayer.Feature]) -> [String] {
    var seen: Set<PolygonShape> = []
    return features.filter { !$0.shape.isEmpty && !seen.insert($0.shape).inserted }.map(\.name)
  }
}
