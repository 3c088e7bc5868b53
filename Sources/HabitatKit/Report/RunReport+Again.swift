import Foundation
import GeoIO
import RasterCore
import Reporting
import RunFolder

extension RunReport {
  /// Makes the report of one folder in another that holds the same run: in the same language,
  /// under the same title, with printed maps where there are some. Nothing is made where there is no report.
  ///
  /// - Throws: what writing a report throws.
  static func make(likeThatOf folder: String, in other: String) throws(HabitatError) {
    guard let settings = try settings(ofReportIn: folder) else { return }
    let printsMaps = FileSystem.size(of: folder + "/" + ReportFiles.print) != .missing
    let report = try RunReport(
      folder: other, language: settings.language.rawValue, title: settings.title)
    _ = try report.write(printsMaps: printsMaps)
  }

  /// `nil` where there is no report, or none of this program.
  private static func settings(ofReportIn folder: String) throws(HabitatError) -> ReportSettings? {
    let path = folder + "/" + ReportFiles.page
    guard case .bytes = FileSystem.size(of: path) else { return nil }
    // The first tag is within, whatever the title: a letter is at most four bytes or six of markup.
    let start = try FileSystem.contents(of: path, atMost: RunRecord.mostBytes).prefix(
      200 + 6 * 4 * longestTitle)
    return ReportSettings(readingFrom: String(decoding: start, as: UTF8.self))
  }
}
