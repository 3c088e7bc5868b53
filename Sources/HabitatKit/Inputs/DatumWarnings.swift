import GeoIO
import RasterCore
import RasterLoader

extension PreparedInputs {
  /// Layers whose datum PROJ cannot shift properly to that of the analysis grid.
  static func datumWarnings(
    _ landCover: LandCoverSource, _ elevation: ElevationSource?, _ parks: CoordinateReferenceSystem?
  ) -> [HabitatWarning] {
    var layers = landCover.sampledTiles.map { (name: "landcover", crs: $0.grid.crs) }
    layers += (elevation?.lattices ?? []).map { (name: "dem", crs: $0.grid.crs) }
    if let parks { layers.append((name: "parks", crs: parks)) }
    var seen: Set<String> = []
    return layers.filter { seen.insert($0.name + $0.crs.wkt).inserted }
      .filter { CoordinateTransform.isRough(from: $0.crs, to: landCover.grid.crs) }
      .map { layer in
        HabitatWarning(
          "datum-shift-rough",
          "PROJ knows no shift from the datum of \(layer.crs.name) to that of "
            + "\(landCover.grid.crs.name): coordinates are taken as they are, which may be 100 m off",
          at: layer.name,
          fix: "give the layer in the CRS of the land cover, shifted with parameters that you trust"
        )
      }
  }
}
