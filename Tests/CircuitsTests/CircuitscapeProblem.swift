import Circuits
import Foundation
import RasterCore
import TestSupport

/// A raster problem of Circuitscape's own suite (Circuitscape.jl 742dd0a), as its .ini file states it.
struct CircuitscapeProblem {
  let name: String
  private let settings: [String: String]
  let columns: Int
  let rows: Int
  let circuit: RasterCircuit
  let shortCircuits: [[Int]]
  /// In rising order of their numbers.
  private(set) var focal: [(id: Int, cells: [Int])] = []

  init(_ folder: String) throws {
    let path = SharedData.path("circuitscape-verify/input/raster/" + folder)
    let file = try FileManager.default.contentsOfDirectory(atPath: path)
      .first { $0.hasSuffix(".ini") }!
    name = String(file.dropLast(4))
    var settings: [String: String] = [:]
    for line in try Self.text(path + "/" + file).split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: "=", maxSplits: 1)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      if parts.count == 2 { settings[parts[0]] = parts[1] }
    }
    self.settings = settings
    func isOn(_ key: String) -> Bool { settings[key]?.lowercased() == "true" }
    let map = try Self.grid(settings["habitat_file"]!)
    (columns, rows) = (map.columns, map.values.count / map.columns)
    var values = map.values
    if isOn("use_mask") {
      let mask = try Self.grid(settings["mask_file"]!).values
      for cell in values.indices where !(mask[cell] > 0) { values[cell] = 0 }
    }
    circuit = RasterCircuit(
      columns: map.columns, values: values.map { Float($0) },
      of: isOn("habitat_map_is_resistances") ? .resistance : .conductance,
      averaging: isOn("connect_using_avg_resistances") ? .resistance : .conductance,
      neighbours: isOn("connect_four_neighbors_only") ? .four : .eight,
      lengths: StepLengths(cellWidth: 1, cellHeight: 1, rows: rows))
    shortCircuits =
      isOn("use_polygons")
      ? Self.areas(try Self.grid(settings["polygon_file"]!).values).map(\.cells) : []
    if let file = settings["point_file"], settings["scenario"] != "advanced" {
      focal = try points(file, map)
    }
  }

  private func points(_ file: String, _ map: Grid) throws -> [(id: Int, cells: [Int])] {
    guard file.hasSuffix(".txt") else { return Self.areas(try Self.grid(file).values) }
    // Several points may lie in one cell.
    var areas: [Int: [Int]] = [:]
    for row in try Self.table(file) where row.count == 3 {
      let column = Int(((row[1] - map.west) / map.cell).rounded(.up)) - 1
      let line = Int((Double(rows) - (row[2] - map.south) / map.cell).rounded(.up)) - 1
      areas[Int(row[0]), default: []].append(line * columns + column)
    }
    return areas.sorted { $0.key < $1.key }.map { (id: $0.key, cells: $0.value) }
  }

  /// A single point where nothing conducts is no node of Circuitscape's, while an area there is one.
  func isNode(_ area: (id: Int, cells: [Int])) -> Bool {
    focal.contains { $0.cells.count > 1 } || circuit.conducts(area.cells[0])
      || shortCircuits.contains { $0.contains(area.cells[0]) }
  }

  /// Whether a pair is asked for.
  func includes(_ one: Int, _ other: Int) throws -> Bool {
    guard settings["use_included_pairs"]?.lowercased() == "true" else { return true }
    let lines = try Self.table(settings["included_pairs_file"]!)
    guard lines[0].isEmpty == false, lines.count > 2, lines[2].first == 0, lines[2].count > 2 else {
      // "mode include", then pairs.
      return lines.dropFirst().contains { Set($0) == [Double(one), Double(other)] }
    }
    // "min", "max", then a matrix with numbers around it.
    let row = lines.dropFirst(3).first { $0[0] == Double(one) }!
    let value = row[lines[2].firstIndex(of: Double(other))!]
    return lines[0][0] <= value && value <= lines[1][0]
  }

  /// By cell: what a file of the settings says; `nil` where it says nothing.
  func marks(_ key: String) throws -> [Double?] {
    try Self.grid(settings[key]!).values.map { $0 == -9999 ? nil : $0 }
  }

  var groundsAreResistances: Bool { settings["ground_file_is_resistances"]?.lowercased() == "true" }

  func expects(_ ending: String) -> Bool {
    FileManager.default.fileExists(
      atPath: SharedData.path("circuitscape-verify/expected/\(name)_\(ending)"))
  }

  /// By the two numbers.
  func expectedResistances() throws -> [[Int]: Double] {
    let table = try Self.table("expected/\(name)_resistances.out")
    var resistances: [[Int]: Double] = [:]
    for row in table.dropFirst() {
      for (id, value) in zip(table[0].dropFirst(), row.dropFirst()) {
        resistances[[Int(row[0]), Int(id)]] = value
      }
    }
    return resistances
  }

  /// The greatest difference from an expected map, where it has a value.
  func difference(_ map: [Double], from ending: String) throws -> Double {
    let expected = try Self.grid("expected/\(name)_\(ending)").values
    return zip(map, expected).reduce(0) { $1.1 == -9999 ? $0 : max($0, abs($1.0 - $1.1)) }
  }

  struct Grid {
    var columns = 0
    var (west, south, cell) = (0.0, 0.0, 1.0)
    var values: [Double] = []
  }

  /// An Arc/Info ASCII grid.
  static func grid(_ file: String) throws -> Grid {
    // One file of the suite is a TIFF; beside it lies the same as text.
    let text = try text(
      SharedData.path("circuitscape-verify/" + file.replacingOccurrences(of: ".tif", with: ".asc")))
    var grid = Grid()
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard let first = words.first else { continue }
      guard Double(first) == nil else {
        grid.values += words.map { Double($0)! }
        continue
      }
      let number = Double(words[1])!
      switch first.lowercased() {
      case "ncols": grid.columns = Int(number)
      case "xllcorner": grid.west = number
      case "yllcorner": grid.south = number
      case "cellsize": grid.cell = number
      default: continue
      }
    }
    return grid
  }

  /// Lines of numbers; words are left out.
  static func table(_ file: String) throws -> [[Double]] {
    let path = SharedData.path("circuitscape-verify/" + file)
    return try text(path).split(whereSeparator: \.isNewline)
      .map { $0.split(whereSeparator: \.isWhitespace).compactMap { Double($0) } }
  }

  private static func text(_ path: String) throws -> String {
    guard path.hasSuffix(".gz") else { return try String(contentsOfFile: path, encoding: .utf8) }
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-dc", path]
    let output = Pipe()
    gzip.standardOutput = output
    try gzip.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    gzip.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Cells by their number, where it is above 0.
  private static func areas(_ values: [Double]) -> [(id: Int, cells: [Int])] {
    var areas: [Int: [Int]] = [:]
    for (cell, value) in values.enumerated() where value > 0 {
      areas[Int(value), default: []].append(cell)
    }
    return areas.sorted { $0.key < $1.key }.map { (id: $0.key, cells: $0.value) }
  }
}
