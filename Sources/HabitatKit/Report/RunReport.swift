import Foundation
import GeoIO
public import RasterCore
import Reporting

/// The report of a finished run: one HTML file in the run's folder, made from what the run left there.
public struct RunReport: Sendable {
  static let name = "report.html"
  static let printName = "report.pdf"
  /// What a report adds to a folder.
  static let fileNames = [name, printName]

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
  /// - Parameters:
  ///   - printsMaps: `report.pdf` is made too, a georeferenced page of a map for each species. Where it is
  ///     not, one of an earlier report goes: it may be in another language, or an older program's.
  ///   - warn: told of that, slug `print-removed`.
  /// - Returns: the paths of the report and its maps.
  /// - Throws: `.input`: `manifest-missing`, `bad-manifest`, `manifest-changed`, `output-changed`,
  ///   `map-missing`; `.usage`, slug `output-busy`; `.cannotWrite`, slug `write-failed`.
  public func write(
    printsMaps: Bool = false, warn: (HabitatWarning) -> Void = { _ in }
  ) throws(HabitatError) -> [String] {
    // Before the folder is taken: taking it makes one that is not there.
    _ = try RunRecord(readingFrom: folder)
    let output = try OutputFolder(folder)
    do throws(HabitatError) {
      let run = try FinishedRun(folder)
      let contents = try Contents(run)
      try output.write(page(of: contents).html, to: Self.name)
      if printsMaps { try contents.printMaps(to: output.staged(Self.printName), wording: wording) }
      let names = output.stagedNames
      var text = run.text
      let dropsPrint = !printsMaps && text.remove(Self.printName)
      for name in names {
        let record = try InputFile(
          layer: InputFile.outputLayer, path: output.staged(name)
        ).record()
        text.enter(
          InputFile.Record(
            file: InputFile(layer: InputFile.outputLayer, path: name), bytes: record.bytes,
            sha256: record.sha256))
      }
      try output.write(text.text, to: RunManifest.name)
      try output.publish(sparing: [])
      if dropsPrint {
        warn(
          HabitatWarning(
            "print-removed", "report.pdf of the earlier report is removed: it is not made anew",
            at: folder + "/" + Self.printName, fix: "make both with habitat report --pdf"))
      }
    } catch {
      output.discard()
      throw error
    }
    return ([Self.name] + (printsMaps ? [Self.printName] : [])).map { folder + "/" + $0 }
  }

  private func page(of contents: Contents) -> ReportPage {
    let (species, map) = (contents.species, contents.map)
    let facts = contents.facts
    var sections: [any ReportSection] = []
    if !species.isEmpty {
      let reservations = facts.reservations(about: species.map(\.name))
      sections.append(SummarySection(species, reservations: reservations))
    }
    for areas in species {
      let reservations = facts.reservations(about: [areas.name])
      sections.append(SpeciesSection(areas, map: map, reservations: reservations))
      sections.append(PublishedSection(areas, reservations: reservations))
    }
    for index in species.first.map(\.allRows)?.indices ?? 0..<0 {
      sections.append(ParkSection(species.map { ($0, $0.allRows[index]) }, map: map))
    }
    sections += contents.models
    sections.append(RunSection(facts, recordDigest: contents.record))
    return ReportPage(facts: facts, map: map, sections: sections, wording: wording)
  }

  /// What the folder of a run holds for its readers.
  private struct Contents {
    let facts: RunFacts
    let species: [SpeciesAreas]
    let models: [ModelSection]
    let map: ReportMap?
    /// The grid that the map is of.
    let grid: Grid?
    /// The digest that the record has without any report.
    let record: String

    init(_ run: FinishedRun) throws(HabitatError) {
      facts = try RunFacts(run.manifest)
      var species: [SpeciesAreas] = []
      var models: [ModelSection] = []
      for name in facts.species {
        species.append(try SpeciesAreas(run.document("\(name)_areas.json")))
        models.append(try ModelSection(of: name, in: run))
      }
      (self.species, self.models) = (species, models)
      let maker = MapMaker(run: run, species: facts.species)
      map = try maker.map()
      grid = try maker.grid()
      record = run.text.digest(without: RunReport.fileNames)
    }

    /// - Throws: `.input`, slug `map-missing`; `.cannotWrite`, slug `write-failed`.
    func printMaps(to path: String, wording: Wording) throws(HabitatError) {
      guard let map, let grid else {
        throw HabitatError(
          .input, "map-missing", "the run wrote no class rasters: there is no map to print",
          at: "--pdf",
          fix: "run habitat score with --layers class, or make the report without --pdf")
      }
      let printer = MapPrinter(
        facts: facts, species: species, map: map, grid: grid, record: record, wording: wording)
      try printer.write(to: path)
    }
  }
}
