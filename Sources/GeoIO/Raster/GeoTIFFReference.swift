import CGDAL
import Foundation
public import RasterCore
import Synchronization

/// Where a GeoTIFF keeps its CRS: in its keys or, where those cannot hold it, beside it in `.aux.xml`.
///
/// The keys know no axes but east and north, and GDAL 3.6 spoils a prime meridian in grads. A file whose keys
/// were wrong would lie elsewhere once it is parted from its `.aux.xml`; one without keys then lies nowhere,
/// which programs say.
enum GeoTIFFReference {
  /// The last answer: rasters of one run share a grid.
  private static let known = Mutex<(grid: Grid, holds: Bool)?>(nil)

  /// Whether the keys give the CRS of `grid` back as it is: asked of a file of one cell in memory.
  static func keysHold(_ grid: Grid) -> Bool {
    if let known = known.withLock({ $0 }), known.grid == grid { return known.holds }
    let holds = roundTrip(grid)
    known.withLock { $0 = (grid, holds) }
    return holds
  }

  private static func roundTrip(_ grid: Grid) -> Bool {
    let path = "/vsimem/geotiff-keys-\(UUID().uuidString).tif"
    defer {
      for path in [path, path + ".aux.xml"] { unsafe _ = VSIUnlink(path) }
    }
    unsafe CPLPushErrorHandler(CPLQuietErrorHandler)
    defer { CPLPopErrorHandler() }
    guard let reference = SpatialReference(userInput: grid.crs.wkt),
      let file = unsafe GDALCreate(GDALGetDriverByName("GTiff"), path, 1, 1, 1, GDT_Byte, nil)
    else { return false }
    var coefficients = grid.geotransform.coefficients
    unsafe GDALSetGeoTransform(file, &coefficients)
    unsafe GDALSetSpatialRef(file, reference.handle)
    unsafe GDALClose(file)
    // What GDAL itself keeps beside the file, it keeps well.
    guard let dataset = try? RasterDataset(reading: path), let crs = dataset.crs else {
      return false
    }
    return (try? crs.placesAgree(with: grid.crs, at: grid.cornersAndMiddle)) ?? false
  }
}

extension RasterDataset {
  /// Compares where a raster lies that was written with where it was meant to lie.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`.
  public func refuseOtherPlace(than grid: Grid) throws(HabitatError) {
    let agrees =
      if let crs, geotransform == grid.geotransform {
        try crs.placesAgree(with: grid.crs, at: grid.cornersAndMiddle)
      } else { false }
    guard !agrees else { return }
    throw HabitatError(
      .cannotWrite, "write-failed",
      "the file that was written lies elsewhere than the analysis grid: it does not hold its CRS, "
        + grid.crs.name,
      at: path, fix: "choose another grid with --crs")
  }
}

extension Grid {
  fileprivate var cornersAndMiddle: [Point] {
    let box = alone.extent
    return box.corners + [Point(x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2)]
  }
}
