import Documents
import Foundation
import GeoIO
import HabitatKit
import RasterCore

/// What the figures were measured on.
struct Machine: Sendable {
  let processor: String
  let cores: Int
  /// Load averages of 1, 5 and 15 minutes, as the kernel gives them.
  let load: String

  init() {
    func text(_ path: String) -> String {
      (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
    let line = text("/proc/cpuinfo").split(separator: "\n").first { $0.hasPrefix("model name") }
    processor =
      line?.split(separator: ":", maxSplits: 1).last.map {
        $0.trimmingCharacters(in: .whitespaces)
      } ?? "unknown"
    cores = ProcessInfo.processInfo.activeProcessorCount
    load = text("/proc/loadavg").split(separator: " ").prefix(3).joined(separator: " ")
  }

  var members: [JSONValue.Member] {
    [
      .init("processor", .string(processor)), .init("cores", .number(Double(cores))),
      .init("load", .string(load)), .init("habitat", .string(Habitat.version)),
      .init("gdal", .string(GeospatialLibraries.gdalVersion)),
      .init("proj", .string(GeospatialLibraries.projVersion)),
      .init("geos", .string(GeospatialLibraries.geosVersion)),
    ]
  }

  var sentence: String {
    "\(processor), \(cores) cores, load \(load); habitat \(Habitat.version), "
      + "GDAL \(GeospatialLibraries.gdalVersion), PROJ \(GeospatialLibraries.projVersion)"
  }
}
