import CPROJ
import Foundation
import RasterCore

/// PROJ's table of CRSs, a file beside the library, without which no code means anything.
enum ProjDatabase {
  /// What is wrong with it, `nil` where codes can be looked up.
  static var failure: HabitatError? {
    let context = ProjContext()
    let known = unsafe ProjObject(
      owning: proj_create_from_database(
        context.handle, "EPSG", "4326", PJ_CATEGORY_CRS, 0, nil))
    if known != nil { return nil }
    let environment = ProcessInfo.processInfo.environment
    let setting = ["PROJ_DATA", "PROJ_LIB"].first { environment[$0]?.isEmpty == false }
    let folder = setting.flatMap { environment[$0] }
    let path = unsafe proj_context_get_database_path(context.handle)
      .map { unsafe String(cString: $0) }
    let named = path ?? folder.map { $0 + "/proj.db" }
    let isThere = named.map { FileManager.default.fileExists(atPath: $0) } ?? false
    let version = GeospatialLibraries.projVersion
    let own = "the folder of the proj.db that came with PROJ \(version)"
    return HabitatError(
      .input, "proj-database",
      isThere
        ? "PROJ's database of coordinate reference systems is damaged, or that of another version than "
          + "PROJ \(version)"
        : "PROJ's database of coordinate reference systems is missing",
      at: (named ?? "proj.db") + (setting.map { ", by the setting \($0)=\(folder ?? "")" } ?? ""),
      fix: setting.map { "unset \($0), or set it to \(own)" }
        ?? "install PROJ again, or set PROJ_DATA to \(own)")
  }
}
