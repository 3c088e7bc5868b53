/// What a report adds to the folder of a run.
package enum ReportFiles {
  package static let page = "report.html"
  package static let print = "report.pdf"
  package static let names = [page, print]
}
