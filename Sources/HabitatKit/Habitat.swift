import GeoIO
public import RasterCore

/// The program as a whole.
public enum Habitat {
  public static let version = "0.2.0"

  /// Lets all threads of the process share one heap, which keeps it within `--memory`; to be called before
  /// there are threads, by a program that has no reason of its own against it.
  public static func shareHeap() { ProcessHeap.share() }

  /// Refuses limits on addresses and data (`ulimit`) under which not even inputs could be opened: what
  /// comes of them later looks like faults of the inputs.
  ///
  /// - Throws: `.cannotWrite`, slug `memory-too-small`.
  public static func refuseTooSmallLimits() throws(HabitatError) {
    try MemoryLimits.refuseTooSmallForInputs()
  }

  /// The version with those of the libraries underneath.
  public static var versionText: String {
    "habitat \(version) (GDAL \(GeospatialLibraries.gdalVersion), PROJ "
      + "\(GeospatialLibraries.projVersion), GEOS \(GeospatialLibraries.geosVersion))"
  }
}
