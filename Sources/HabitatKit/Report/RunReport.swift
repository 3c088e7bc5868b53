import Foundation
import GeoIO
import Machine
public import RasterCore
import Reporting
import RunFolder

/// The report of a finished run: one HTML file in the run's folder, made from what the run left there.
public struct RunReport: Sendable {
  /// The folder of the run.
  public let folder: String
  private let wording: Wording
  /// The heading, `nil` for that of the run's own.
  private let title: String?
  private let withdrawal = Withdrawal()

  /// Characters of a title.
  static let longestTitle = 200

  /// The languages in which a report can be had, as codes of ISO 639-1; the first is the default.
  public static var languages: [String] { Wording.Language.allCases.map(\.rawValue) }

  /// - Parameters:
  ///   - folder: that of a finished run.
  ///   - language: one of `languages`.
  ///   - title: what the report is headed; by default the landscape's name or, where options name the
  ///     inputs, those of the parks.
  /// - Throws: `.usage`, slug `bad-option`.
  public init(
    folder: String, language: String = Self.languages[0], title: String? = nil
  ) throws(HabitatError) {
    guard let language = Wording.Language(rawValue: language) else {
      throw HabitatError(
        .usage, "bad-option", "there is no report in the language \"\(language)\"",
        at: "--language", fix: "known: \(Self.languages.joined(separator: ", "))")
    }
    self.folder = folder
    wording = Wording(language)
    self.title = try title.map(Self.heading)
  }

  /// The title as it is shown, so that it is the same when it is read out of the page again.
  private static func heading(_ title: String) throws(HabitatError) -> String {
    let marks = CharacterSet.whitespacesAndNewlines.union(["\u{200E}", "\u{200F}"])
    let text = title.trimmingCharacters(in: marks)
    guard (1...longestTitle).contains(text.unicodeScalars.count) else {
      throw HabitatError(
        .usage, "bad-option", "the title has \(text.unicodeScalars.count) characters",
        at: "--title", fix: "write 1 to \(longestTitle) characters")
    }
    return text
  }

  /// Writes the report and enters it in the record of the run.
  ///
  /// - Parameters:
  ///   - printsMaps: `report.pdf` is made too, a georeferenced page of a map for each species. Where it is
  ///     not, one of an earlier report goes: it may be in another language, or an older program's.
  ///   - warn: told of that, slug `print-removed`.
  ///   - progress: told the stage that begins, and the share of the whole done before it, 0…1.
  /// - Returns: the paths of the report and its maps.
  /// - Throws: `.input`: `manifest-missing`, `bad-manifest`, `manifest-changed`, `output-changed`,
  ///   `map-missing`; `.unavailable`, slug `output-busy`; `.cannotWrite`, slug `write-failed`; `.fault`, slug
  ///   `polygon-overlay`. Where only the maps could not be made, `report.html` is there all the same.
  public func write(
    printsMaps: Bool = false, warn: (HabitatWarning) -> Void = { _ in },
    progress: (String, Double) -> Void = { _, _ in }
  ) throws(HabitatError) -> [String] {
    try write(
      printsMaps: printsMaps, warn: warn, progress: progress
    ) { printer throws(HabitatError) in
      try printer.bytes()
    }
  }

  /// - Parameter print: makes the maps.
  func write(
    printsMaps: Bool, warn: (HabitatWarning) -> Void,
    progress: (String, Double) -> Void = { _, _ in },
    print: (MapPrinter) throws(HabitatError) -> [UInt8]
  ) throws(HabitatError) -> [String] {
    try OutputFolder.completeInterrupted(in: folder)
    // Before the folder is taken: taking it makes one that is not there.
    _ = try RunRecord(readingFrom: folder)
    let output = try OutputFolder(folder)
    var printFailure: HabitatError?
    do throws(HabitatError) {
      try withdrawal.begin { output.discard() }
      // Print costs as much as all else.
      let share = printsMaps ? 0.5 : 1
      progress("reading", 0)
      let run = try FinishedRun(folder)
      progress("maps", 0.1 * share)
      let contents = try Contents(run, title: title, wording)
      let printer = printsMaps ? try contents.printer(wording) : nil
      progress("page", 0.8 * share)
      try output.write(page(of: contents).html, to: ReportFiles.page)
      if let printer {
        progress("print", share)
        var maps: [UInt8]?
        do throws(HabitatError) {
          maps = try print(printer)
        } catch {
          // The page does without: it is entered, and the failure told when it is.
          printFailure = error
        }
        if let maps { try output.write(maps, to: ReportFiles.print) }
      }
      let dropsPrint = try enter(output, in: run.text)
      try withdrawal.close()
      try output.publish(sparing: [])
      progress("done", 1)
      if dropsPrint {
        warn(
          HabitatWarning(
            "print-removed", "report.pdf of the earlier report is removed: it is not made anew",
            at: folder + "/" + ReportFiles.print, fix: "make both with habitat report --pdf"))
      }
    } catch {
      output.discard()
      throw error
    }
    if let printFailure { throw printFailure }
    return ([ReportFiles.page] + (printsMaps ? [ReportFiles.print] : [])).map { folder + "/" + $0 }
  }

  /// Calls the report off from another thread: what it has written is removed at once.
  ///
  /// - Returns: `false` where its files are about to take their places: then it ends by itself.
  public func withdraw() -> Bool { withdrawal.withdraw() }

  /// Writes the record with the files made so far among the outputs.
  ///
  /// - Returns: whether it listed maps for print that are not made anew.
  private func enter(
    _ output: OutputFolder, in record: RecordText
  ) throws(HabitatError) -> Bool {
    var text = record
    let files = try output.records()
    let isPrinted = files.contains { $0.file.path == ReportFiles.print }
    let dropsPrint = !isPrinted && text.remove(ReportFiles.print)
    for file in files { text.enter(file) }
    try output.write(text.text, to: RunRecord.fileName)
    return dropsPrint
  }

  private func page(of contents: Contents) -> ReportPage {
    let (species, map) = (contents.species, contents.map)
    let facts = contents.facts
    let credits = MapCredits(facts)
    var sections: [any ReportSection] = []
    if !species.isEmpty {
      let reservations = facts.reservations(about: species.map(\.name))
      sections.append(SummarySection(species, reservations: reservations))
    }
    for areas in species {
      let reservations = facts.reservations(about: [areas.name])
      sections.append(SpeciesSection(areas, map: map, reservations: reservations, credits: credits))
      let published = PublishedSection(areas, reservations: reservations)
      if !published.isEmpty { sections.append(published) }
    }
    for index in species.first.map(\.allRows)?.indices ?? 0..<0 {
      sections.append(
        ParkSection(species.map { ($0, $0.allRows[index]) }, map: map, credits: credits))
    }
    sections += contents.models
    sections.append(RunSection(facts, recordDigest: contents.record))
    return ReportPage(
      facts: facts, givenTitle: title, map: map, sections: sections, wording: wording)
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

    init(_ run: FinishedRun, title: String?, _ wording: Wording) throws(HabitatError) {
      var facts = try RunFacts(run.manifest)
      var species: [SpeciesAreas] = []
      for name in facts.species {
        species.append(try SpeciesAreas(run.document("\(name)_areas.json")))
      }
      let parks = species.first?.rows.filter { $0.kind == .park }.map(\.name) ?? []
      facts.title = title ?? facts.usualTitle(parks: parks, in: wording)
      var models: [ModelSection] = []
      for name in facts.species {
        let model = try ModelSection(
          of: name, in: run, title: facts.usualTitle(parks: parks, in: wording))
        models.append(model)
        facts.layersScored[name] = Set(model.sheet.curves.map(\.layer))
      }
      self.facts = facts
      (self.species, self.models) = (species, models)
      let maker = MapMaker(run: run, species: facts.species)
      map = try maker.map()
      grid = try maker.grid()
      record = run.text.digest(without: ReportFiles.names)
    }

    /// - Throws: `.input`, slug `map-missing`.
    func printer(_ wording: Wording) throws(HabitatError) -> MapPrinter {
      guard let map, let grid else {
        throw HabitatError(
          .input, "map-missing", "the run wrote no class rasters: there is no map to print",
          at: "--pdf",
          fix: "run habitat score with --layers class, or make the report without --pdf")
      }
      return MapPrinter(
        facts: facts, species: species, map: map, grid: grid, record: record, wording: wording)
    }
  }
}
