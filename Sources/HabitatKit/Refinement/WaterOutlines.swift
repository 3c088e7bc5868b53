import GeoIO
import RasterCore
import RasterLoader

/// Outlines of lakes, reservoirs and wide rivers on the analysis grid: a cell whose centre lies in one is
/// water.
struct WaterOutlines: Sendable {
  /// On the grid of the land cover, of which that of the analysis may be a part.
  let cells: FeatureMask
  /// Outlines that were read.
  let count: Int
  let files: [String]
  let origin: LayerOrigin
  let warnings: [HabitatWarning]

  /// - Parameter courses: whether the source is of use without an outline, for the distance to its lines.
  /// - Throws: `.input`: what reading features throws, `crs-missing`, `no-transform`; `water-empty` for a
  ///   source without an area.
  init(
    reading source: Landscape.VectorLayer, on grid: Grid, unknownDatum: CoordinateReferenceSystem,
    courses: Bool
  ) throws(HabitatError) {
    let name = FeatureTheme.water.rawValue
    let reader = try FeatureReader(reading: source.path, FeatureReader.Selection(.water))
    let (crs, doubt) = try reader.crs(
      of: name, source.crs, on: grid, unknownDatum: unknownDatum)
    var builder = try DistanceSourceBuilder(
      from: crs, to: grid, ground: grid.crs.geographicBase, limit: 0)
    var warnings = [doubt].compactMap(\.self) + (try reader.concerns())
    var count = 0
    _ = try reader.forEachPart { part in
      // The line of a river says nothing about its width.
      guard case .polygon = part else { return }
      count += 1
      builder.add(part)
    }
    guard count > 0 || courses else {
      throw HabitatError(
        .input, "water-empty",
        reader.isOpenStreetMap
          ? "the extract holds no areas of water" : "the layer holds no polygons",
        at: reader.location(name),
        fix: "check the layer; leave water out to keep the land cover's own")
    }
    cells = builder.finishMask()
    self.count = count
    files = reader.files
    origin = LayerOrigin(reader)
    if cells.isEmpty, count > 0 {
      warnings.append(
        HabitatWarning(
          "water-elsewhere", "none of \(count) outlines of water holds the centre of a cell",
          at: "\(reader.location(name)); land cover: \(grid.crs.name), \(grid.extentText)",
          fix: "check that they are of this region, and --assume-crs \(name)=EPSG:…"))
    }
    self.warnings = warnings
  }
}
