import Documents
import Foundation
import GeoIO
public import RasterCore
import Reclassification
import Reporting
import RunFolder

extension RunReport {
  /// How a report compares with the JSON of its run.
  public struct Check: Sendable {
    /// Numbers that the report shows.
    public let count: Int
    /// Pictures and outlines that its maps are drawn with.
    public let pictures: Int
    public let outlines: Int
    /// The places that differ, `FILE#PATH` or the element of a map, each with what is wrong there.
    public let differences: [(place: String, what: String)]

    /// Sentences for people.
    public var text: String {
      guard !differences.isEmpty else {
        return
          (count == 1
          ? "The one number of the report is the run's.\n"
          : "All \(count) numbers of the report are the run's.\n")
          + (pictures == 0 ? "" : "Its \(pictures) pictures and \(outlines) outlines are, too.\n")
      }
      return differences.map { "\($0.place.shown): \($0.what.shown)\n" }.joined()
        + "\(differences.count) difference\(differences.count == 1 ? "" : "s") in "
        + "\(count) number\(count == 1 ? "" : "s").\n"
    }
  }

  /// Reads the report in a folder as text and compares every number in it with the JSON of the run, to the
  /// decimals shown, each dot of its maps with the class rasters, and the outlines with the parks; what it
  /// lacks counts too. Nothing is written.
  ///
  /// - Throws: `.input`: `manifest-missing`, `bad-manifest`, `manifest-changed`, `output-changed`,
  ///   `report-missing`.
  public static func check(folder: String) throws(HabitatError) -> Check {
    try OutputFolder.completeInterrupted(in: folder)
    let run = try FinishedRun(folder)
    let file = folder + "/" + ReportFiles.page
    guard case .bytes = FileSystem.size(of: file) else {
      throw HabitatError(
        .input, "report-missing", "the folder holds no report", at: file,
        fix: "make it with habitat report \(folder)")
    }
    let html = String(
      decoding: try FileSystem.contents(of: file, atMost: RunRecord.mostBytes), as: UTF8.self)
    let facts = try RunFacts(run.manifest)
    var documents = [
      RunRecord.fileName: run.manifest.value,
      PublishedTable.documentName: PublishedTable.document.value,
    ]
    var required = ["\(RunRecord.fileName)#decided_by_default"]
    for species in facts.species {
      let (areas, model) = ("\(species)_areas.json", SpeciesModel.outputName(of: species))
      documents[areas] = try run.document(areas).value
      documents[model] = try run.document(model).value
      required += ["\(areas)#parks", "\(areas)#total"]
    }
    let audit = ReportAudit(html: html, documents: documents, required: required)
    var differences = audit.differences.map { (place: $0.place, what: $0.what) }
    let maps = try MapAudit(html: html, run: run, species: facts.species)
    differences += maps.differences
    let digest = run.text.digest(without: ReportFiles.names)
    if !html.contains(digest) {
      differences.append(
        (
          place: RunRecord.fileName,
          what: "the report is of another run: it lacks the digest \(digest)"
        ))
    }
    return Check(
      count: audit.count, pictures: maps.pictures, outlines: maps.outlines,
      differences: differences)
  }
}
