import GeoIO
import GroundGeometry
import RasterCore
import RasterLoader

/// What the headers of a layer's tiles give reason to warn about.
struct TileConcerns {
  private let tiles: [RasterTile]
  private let layer: String

  init(_ tiles: [RasterTile], layer: String) { (self.tiles, self.layer) = (tiles, layer) }

  /// One warning a trap, with the tiles concerned and their km².
  var warnings: [HabitatWarning] {
    let isDEM = layer == "dem"
    return [
      warning(
        "band-assumed", "of several bands the first is taken",
        fix: "choose one with --band \(layer)=N"
      ) { $0.bandCount > 1 && !$0.bandIsChosen },
      warning(
        "page-assumed",
        "of several pages of the file the first is taken; the others: \(furtherPages)",
        fix: "nothing, if the first is meant; else name a page as the path of the layer"
      ) { !$0.furtherPages.isEmpty },
      warning(
        "raster-picture",
        "the band is a colour of a picture, not \(isDEM ? "heights" : "class codes")",
        fix: "give the \(isDEM ? "heights" : "classes") themselves, or another band with --band"
      ) { $0.band.isPicture },
      warning(
        "raster-lossy",
        "the compression is lossy, so \(isDEM ? "heights are blurred" : "codes may be wrong")",
        fix: "fetch the product in a lossless form"
      ) { $0.losesDetail },
      warning(
        "raster-assumed",
        "the file leaves open what its cells are or where they lie (GDAL: \(assumptions))",
        fix: "check its place and its values, and write it anew with gdal_translate"
      ) { !$0.assumptions.isEmpty },
      warning(
        "nodata-impossible",
        "the declared nodata value\(impossibleNodata) cannot occur in the band's type",
        fix: "say what means no value with --nodata \(layer)=V or --nodata \(layer)=none"
      ) { $0.hasImpossibleNodata },
    ].compactMap { $0 } + contradictionWarnings + (isDEM ? heightWarnings : codeWarnings)
  }

  private var assumptions: String { tiles.lazy.compactMap(\.assumptions.first).first ?? "" }
  private var furtherPages: String { tiles.flatMap(\.furtherPages).listed }

  /// One warning for what side files are at odds about, with what the first of them says.
  private var contradictionWarnings: [HabitatWarning] {
    let subjects = Set(tiles.flatMap(\.contradictions).map(\.subject)).sorted()
    return subjects.compactMap { subject in
      func first(_ tile: RasterTile) -> SideContradiction? {
        tile.contradictions.first { $0.subject == subject }
      }
      guard let shown = tiles.lazy.compactMap(first).first else { return nil }
      return warning(
        "sidecar-contradicts",
        "a sidecar file contradicts its raster about \(subject): \(shown.path.baseName) says "
          + "\(shown.sideText), the raster itself \(shown.ownText); "
          + "the \(shown.sideWins ? "sidecar file" : "raster") is followed",
        fix:
          "take the sidecar file away if it is out of date; if it is right, write what it says into the raster, "
          + "for example with gdal_translate"
      ) { first($0) != nil }
    }
  }

  /// The values, for people.
  private var impossibleNodata: String {
    let values = Set(tiles.filter(\.hasImpossibleNodata).compactMap(\.nodata)).sorted()
    guard let value = values.first, values.count == 1 else { return "" }
    return " " + (Int(exactly: value).map(String.init) ?? "\(value)")
  }

  private var heightWarnings: [HabitatWarning] {
    let units = Set(tiles.filter(\.hasUnknownHeightUnit).map { "\"\($0.band.unit)\"" })
    return [
      warning(
        "dem-unit", "heights are in another unit and are converted to metres",
        fix: "nothing, if the file's unit is right"
      ) { $0.metresPerHeightUnit != 1 },
      warning(
        "dem-unit", "heights are said to be in \(units.sorted().listed), and are taken as metres",
        fix: "check that the band holds heights in metres"
      ) { $0.hasUnknownHeightUnit },
    ].compactMap { $0 }
  }

  private var codeWarnings: [HabitatWarning] {
    [
      warning(
        "landcover-scaled",
        "the band has a scale or an offset; codes are taken as they are stored",
        fix: "give a raster of plain codes, if scaled values are meant"
      ) { $0.band.scale != 1 || $0.band.offset != 0 }
    ].compactMap { $0 }
  }

  private func warning(
    _ slug: String, _ what: String, fix: String, where isConcerned: (RasterTile) -> Bool
  ) -> HabitatWarning? {
    let concerned = tiles.filter(isConcerned)
    guard !concerned.isEmpty else { return nil }
    let area =
      concerned.reduce(0) { $0 + ((try? $1.grid.area(on: $1.grid.crs.geographicBase)) ?? 0) } / 1e6
    let share = area > 0 ? " (\(area.grouped(decimals: 3)) km²)" : ""
    return HabitatWarning(
      slug, what + share, at: "\(layer): \(concerned.map(\.path).listed)", fix: fix)
  }
}

extension RasterTile {
  /// No cell can hold the nodata value, so that whatever marks "no value" in fact is taken for one.
  var hasImpossibleNodata: Bool {
    guard let nodata, !band.isFloatingPoint else { return false }
    // Rounding lifts the largest numbers of 64 bits to the next power of two.
    guard let whole = Int128(exactly: nodata) else { return true }
    switch band.typeName {
    case "Byte": return !(band.isSignedByte ? -128...127 : 0...255).contains(whole)
    case "UInt16": return !(0...65_535).contains(whole)
    case "Int16": return !(-32_768...32_767).contains(whole)
    case "UInt32": return UInt32(exactly: whole) == nil
    case "Int32": return Int32(exactly: whole) == nil
    case "UInt64": return !(0...Int128(1) << 64).contains(whole)
    case "Int64": return !(-(Int128(1) << 63)...Int128(1) << 63).contains(whole)
    default: return false
    }
  }
}

extension HabitatWarning {
  /// - Parameters:
  ///   - value: the lowest, as it is stored.
  ///   - area: km².
  ///   - place: in words that go on from the area.
  static func impossibleHeights(
    _ value: Float, _ area: Double, _ place: String, in tiles: [String]
  ) -> HabitatWarning {
    HabitatWarning(
      "dem-void-undeclared",
      "the DEM holds the number \(value), which is no height and not declared as nodata; such cells are voids "
        + "(\(area.grouped(decimals: 3)) km²\(place))",
      at: "dem: \(tiles.sorted().listed)", fix: "declare the value with --nodata dem=V")
  }
}
