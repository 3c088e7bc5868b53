import GeoIO
import Machine
public import RasterCore

/// The program as a whole.
public enum Habitat {
  public static let version = "0.2.0"
  /// Of this version, for the pages of the manual, which are the same whenever they are made.
  public static let versionDate = "2026-11-30"

  /// Lets all threads of the process share one heap, which keeps it within `--memory`; to be called before
  /// there are threads, by a program that has no reason of its own against it.
  public static func shareHeap() { ProcessHeap.share() }

  /// Refuses limits on addresses, data and open files (`ulimit`) under which not even inputs could be opened:
  /// what comes of them later looks like faults of the inputs.
  ///
  /// - Parameter withThread: the thread that runs the program is still to be started.
  /// - Throws: `.cannotWrite`: `memory-too-small`, `open-files-too-few`.
  public static func refuseTooSmallLimits(withThread: Bool = false) throws(HabitatError) {
    try MemoryLimits.refuseTooSmallForInputs(stillToStart: withThread ? 1 : 0)
    let files = OpenFileLimit.raise()
    guard files < leastOpenFiles else { return }
    throw HabitatError(
      .cannotWrite, "open-files-too-few",
      "the program may have \(files) files open at once and needs \(leastOpenFiles)",
      at: "ulimit -n \(files)", fix: "give ulimit -n \(leastOpenFiles) or more")
  }

  /// What a run of all species with all rasters has open on one thread.
  private static let leastOpenFiles = 64

  /// What the numbers of a run depend on besides the program.
  static var libraries: [(name: String, version: String)] {
    [
      ("GDAL", GeospatialLibraries.gdalVersion), ("PROJ", GeospatialLibraries.projVersion),
      ("GEOS", GeospatialLibraries.geosVersion),
    ]
  }

  /// The version with those of the libraries underneath.
  public static var versionText: String {
    "habitat \(version) (GDAL \(GeospatialLibraries.gdalVersion), PROJ "
      + "\(GeospatialLibraries.projVersion), GEOS \(GeospatialLibraries.geosVersion))"
  }
}
