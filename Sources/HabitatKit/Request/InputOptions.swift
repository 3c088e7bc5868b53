import Foundation
import GeoIO
import RasterCore
import RasterLoader
import Reclassification

/// The inputs as a user names them, in the words of the command line.
public struct InputOptions: Sendable {
  /// A landscape file, its folder, or the name of a folder of `./rasters/` or of the installed ones.
  public var landscape: String?
  public var landCover: [String] = []
  public var legend: String?
  /// When the land cover was seen: `2021`, `2021-06`, `2021-06-30`, or two of them with a slash.
  public var epoch: String?
  public var dem: [String] = []
  public var forestType: String?
  public var rice: String?
  public var water: String?
  public var roads: String?
  /// A file, or `derive` for patches of built-up land.
  public var settlements: String?
  public var parks: String?
  public var parksLayer: String?
  public var parksWhere: String?
  public var parkID: String?
  public var parkName: String?
  /// `LAYER=CRS`
  public var assumedCRS: [String] = []
  /// `LAYER=NAME`
  public var encodings: [String] = []
  /// `LAYER=V`, `LAYER=none`
  public var nodata: [String] = []
  /// `LAYER=N`
  public var bands: [String] = []
  /// `LAYER=TEXT`: who made it.
  public var sources: [String] = []
  /// `LAYER=TEXT`
  public var licences: [String] = []
  public var crs: String?
  /// `R` or `RX,RY`
  public var resolution: String?
  /// `W,S,E,N`, `parks` or `parks+KM`
  public var extent: String?
  /// The CRS of `extent` where it is not the grid's.
  public var extentCRS: String?
  /// `parks` or `parks+KM`
  public var mask: String?
  /// Blocks of the sources of virtual rasters are held against their check sums, too.
  public var verifiesBlocks = false
  public var allowGaps = false
  /// The folder in which ranges of files on servers are kept; `nil` is `$HABITAT_CACHE`, else the user's own.
  public var cache: String?
  /// Nothing is asked of servers.
  public var isOffline = false

  public init() {}

  /// What runs where nothing is named.
  public static let defaultLandscape = "land-of-big-cats"

  /// Any of these leaves the default landscape out altogether.
  private var namesInputs: Bool {
    !landCover.isEmpty || legend != nil || !dem.isEmpty || parks != nil || parksLayer != nil
      || parksWhere != nil || parkID != nil || parkName != nil || !assumedCRS.isEmpty
      || !encodings.isEmpty
      || !nodata.isEmpty || !bands.isEmpty || !sources.isEmpty || !licences.isEmpty
      || forestType != nil || rice != nil || water != nil
      || roads != nil || settlements != nil
  }
}

extension InputOptions {
  /// - Throws: `.usage` for values that do not fit their option, `.input` for a bad landscape file.
  func makeLandscape() throws(HabitatError) -> Landscape {
    RemoteSources.use(
      RemoteSources.Settings(
        cache: cache, isOffline: isOffline, agent: "habitat/\(Habitat.version)"))
    var landscape = Landscape(name: AreaTable.unnamed)
    if let name = self.landscape ?? (namesInputs ? nil : Self.defaultLandscape) {
      landscape = try Self.readLandscape(name)
    }
    replaceLayers(of: &landscape)
    landscape.legend = (legend ?? landscape.legend).map(Legend.meant)
    try setEpoch(of: &landscape)
    if parksLayer != nil || parksWhere != nil || parkID != nil || parkName != nil {
      guard var source = landscape.parks else {
        throw Self.misfit("--parks-layer and its like", "there are no parks", "add --parks FILE")
      }
      source.selection.layer = parksLayer ?? source.selection.layer
      source.selection.condition = parksWhere ?? source.selection.condition
      source.selection.idField = parkID ?? source.selection.idField
      source.selection.nameField = parkName ?? source.selection.nameField
      landscape.parks = source
    }
    try correct(&landscape)
    try credit(&landscape)
    return landscape
  }

  /// Puts given layers in the place of those of a landscape file, with all that the file says of them.
  private func replaceLayers(of landscape: inout Landscape) {
    let inFile = landscape.layerKeys
    var replaced: Set<String> = []
    func replace(_ key: String, _ path: String?, _ change: (String) -> Void) {
      guard let path else { return }
      change(path)
      replaced.insert(key)
    }
    if !landCover.isEmpty {
      landscape.landCover = Landscape.RasterLayer(paths: landCover)
      (landscape.legend, landscape.epoch) = (nil, nil)
      replaced.insert("landCover")
    }
    if !dem.isEmpty {
      landscape.elevation = Landscape.RasterLayer(paths: dem)
      replaced.insert("elevation")
    }
    replace("forestType", forestType) { landscape.refinement.forestType = .init(paths: [$0]) }
    replace("rice", rice) {
      landscape.refinement.excludesRice = $0 == Landscape.Refinement.noRice
      landscape.refinement.rice =
        landscape.refinement.excludesRice ? nil : .init(paths: [$0])
    }
    replace("water", water) { landscape.refinement.water = .init(paths: [$0]) }
    replace("parks", parks) { landscape.parks = .init(path: $0) }
    replace("roads", roads) { landscape.roads = .init(path: $0) }
    replace("settlements", settlements) {
      landscape.derivesSettlements = $0 == Landscape.derived
      landscape.settlements = landscape.derivesSettlements ? nil : .init(path: $0)
    }
    landscape.sources.removeAll { replaced.contains($0.layer) }
    // Made up as long as any layer is.
    landscape.isSynthetic = landscape.isSynthetic && !inFile.isSubset(of: replaced)
  }

  private func setEpoch(of landscape: inout Landscape) throws(HabitatError) {
    guard let epoch else { return }
    guard CalendarPeriod(epoch: epoch) != nil else {
      throw Self.misfit(
        "--epoch \(epoch)", "not a date of the calendar",
        "write 2021, 2021-06 or 2021-06-30, or two of them as 2019/2021")
    }
    landscape.epoch = epoch
  }

  func makeGrid() throws(HabitatError) -> CustomGrid {
    var grid = CustomGrid()
    if let crs { grid.crs = try CoordinateReferenceSystem(userInput: crs) }
    if let resolution {
      let words = resolution.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = words.compactMap { Double($0) }
      guard numbers.count == words.count, (1...2).contains(numbers.count),
        numbers.allSatisfy({ $0 > 0 && $0.isFinite })
      else {
        throw Self.misfit("--resolution \(resolution)", "not a cell size", "write 30 or 30,30")
      }
      grid.resolution = Point(x: numbers[0], y: numbers.last!)
    }
    grid.extent = try makeExtent()
    if let mask {
      guard let reach = ParkReach(mask) else {
        throw Self.misfit(
          "--mask \(mask)", "not land around the parks",
          "write parks, or parks+5 for 5 km around them")
      }
      grid.mask = reach
    }
    return grid
  }

  private func makeExtent() throws(HabitatError) -> GridExtent? {
    guard let extent else {
      guard let extentCRS else { return nil }
      throw Self.misfit(
        "--extent-crs \(extentCRS)", "there is no extent", "add --extent W,S,E,N")
    }
    if let reach = ParkReach(extent) {
      guard extentCRS == nil else {
        throw Self.misfit(
          "--extent \(extent)", "the box of the parks has no CRS of its own",
          "leave out --extent-crs")
      }
      return .parks(reach)
    }
    let words = extent.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = words.compactMap { Double($0) }
    guard words.count == 4, numbers.count == 4, numbers.allSatisfy(\.isFinite),
      numbers[0] < numbers[2], numbers[1] < numbers[3]
    else {
      throw Self.misfit(
        "--extent \(extent)", "not W,S,E,N",
        "write west,south,east,north, or parks, or parks+5 for 5 km around them")
    }
    return .box(
      Extent(minX: numbers[0], minY: numbers[1], maxX: numbers[2], maxY: numbers[3]),
      crs: try extentCRS.map { text throws(HabitatError) in
        try CoordinateReferenceSystem(userInput: text)
      })
  }

  // MARK: Landscape files

  private static func readLandscape(_ name: String) throws(HabitatError) -> Landscape {
    NetworkAccess.allow(for: [name])
    let folders = LandscapeFolders.ofProgram
    for (file, installed) in folders.candidates(for: name) {
      try FileSystem.refuseSpecialFile(file, at: "--landscape \(name)")
      guard case .bytes = FileSystem.size(of: file) else { continue }
      let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        .joined(separator: "/")
      var landscape = try Landscape(
        json5: Data(try FileSystem.contents(of: file)), file: file, folder: folder)
      landscape.installed = installed
      return landscape
    }
    let known = folders.names
    throw HabitatError(
      .input, "landscape-missing",
      "there is no landscape \"\(name)\"; looked in \(folders.all.joined(separator: ", "))",
      at: "--landscape \(name)",
      fix: known.isEmpty
        ? "name a landscape file, or your own files with --landcover, --legend, --dem and --parks; the "
          + "demonstration runs in a folder that holds rasters/, or with HABITAT_DATA naming that folder"
        : "name a file, its folder, or one of: \(known.joined(separator: ", "))")
  }

  static func misfit(_ location: String, _ what: String, _ fix: String) -> HabitatError {
    HabitatError(.usage, "bad-option", what, at: location, fix: fix)
  }
}
