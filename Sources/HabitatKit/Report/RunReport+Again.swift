import Foundation
import GeoIO
import RasterCore

extension RunReport {
  /// Makes the report of one folder in another that holds the same run: in the same language, with
  /// printed maps where there are some. Nothing is made where there is no report.
  ///
  /// - Throws: what writing a report throws.
  static func make(likeThatOf folder: String, in other: String) throws(HabitatError) {
    guard let language = try language(ofReportIn: folder) else { return }
    let printsMaps = FileSystem.size(of: folder + "/" + printName) != .missing
    _ = try RunReport(folder: other, language: language).write(printsMaps: printsMaps)
  }

  /// `nil` where there is no report, or none of this program.
  private static func language(ofReportIn folder: String) throws(HabitatError) -> String? {
    let path = folder + "/" + name
    guard case .bytes = FileSystem.size(of: path) else { return nil }
    let start = String(decoding: try FileSystem.contents(of: path).prefix(200), as: UTF8.self)
    return languages.first { start.contains("<html lang=\"\($0)\">") }
  }
}
