import Foundation
import GeoIO
public import RasterCore
import Reporting

/// The report of a finished run: one HTML file in the run's folder, made from what the run left there.
public struct RunReport: Sendable {
  static let name = "report.html"

  /// The folder of the run.
  public let folder: String
  private let wording: Wording

  /// The languages in which a report can be had, as codes of ISO 639-1; the first is the default.
  public static var languages: [String] { Wording.Language.allCases.map(\.rawValue) }

  /// - Parameters:
  ///   - folder: that of a finished run.
  ///   - language: one of `languages`.
  /// - Throws: `.usage`, slug `bad-option`.
  public init(folder: String, language: String = Self.languages[0]) throws(HabitatError) {
    guard let language = Wording.Language(rawValue: language) else {
      throw HabitatError(
        .usage, "bad-option", "there is no report in the language \"\(language)\"",
        at: "--language", fix: "known: \(Self.languages.joined(separator: ", "))")
    }
    self.folder = folder
    wording = Wording(language)
  }

  /// Writes the report and enters it in the record of the run.
  ///
  /// - Returns: the path of the report.
  /// - Throws: `.input`: `manifest-missing`, `bad-manifest`, `manifest-changed`, `output-changed`; `.usage`,
  ///   slug `output-busy`; `.cannotWrite`, slug `write-failed`.
  public func write() throws(HabitatError) -> String {
    // Before the folder is taken: taking it makes one that is not there.
    _ = try RunRecord(readingFrom: folder)
    let output = try OutputFolder(folder)
    do throws(HabitatError) {
      let run = try FinishedRun(folder)
      try output.write(try page(of: run).html, to: Self.name)
      let record = try InputFile(
        layer: InputFile.outputLayer, path: output.staged(Self.name)
      ).record()
      var text = run.text
      text.enter(
        InputFile.Record(
          file: InputFile(layer: InputFile.outputLayer, path: Self.name), bytes: record.bytes,
          sha256: record.sha256))
      try output.write(text.text, to: RunManifest.name)
      try output.publish(sparing: [])
    } catch {
      output.discard()
      throw error
    }
    return folder + "/" + Self.name
  }

  private func page(of run: FinishedRun) throws(HabitatError) -> ReportPage {
    let facts = try RunFacts(run.manifest)
    let map = try MapMaker(run: run, species: facts.species).map()
    var species: [SpeciesAreas] = []
    for name in facts.species {
      species.append(try SpeciesAreas(run.document("\(name)_areas.json")))
    }
    var sections: [any ReportSection] = []
    for areas in species {
      sections.append(SpeciesSection(areas, map: map, reservations: facts.reservations))
      sections.append(PublishedSection(areas, reservations: facts.reservations))
    }
    for index in species.first.map(\.allRows)?.indices ?? 0..<0 {
      sections.append(ParkSection(species.map { ($0, $0.allRows[index]) }, map: map))
    }
    for areas in species { sections.append(try ModelSection(of: areas.name, in: run)) }
    sections.append(RunSection(facts, recordDigest: run.text.digest(without: Self.name)))
    return ReportPage(facts: facts, map: map, sections: sections, wording: wording)
  }
}
