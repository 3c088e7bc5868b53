/// What a report adds to the folder of a run.
enum ReportFiles {
  static let page = "report.html"
  static let print = "report.pdf"
  static let names = [page, print]
}
