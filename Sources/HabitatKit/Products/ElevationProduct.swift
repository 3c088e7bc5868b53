/// A digital elevation model as its file names give it away, and what is known of its voids.
public struct ElevationProduct: Hashable, Sendable {
  public let title: String
  /// What a cell without a height holds, and other traps.
  public let note: String
  let origin: ProductOrigin
  /// Tells a name, in lower case and without blanks, hyphens and underscores, of a file and its folders.
  private let matches: @Sendable (_ file: String) -> Bool

  public static func == (left: Self, right: Self) -> Bool { left.title == right.title }
  public func hash(into hasher: inout Hasher) { hasher.combine(title) }

  /// Source: the products' user guides (SRTMGL1 v3, GLO-30 handbook, AW3D30 v3.2, ASTER GDEM v3, GEBCO 2023).
  static let all: [ElevationProduct] = [
    // Names count tenths of an arc second: `COG_10` is of one second, `COG_30` of three.
    copernicus(90) {
      $0.hasPrefix("copernicusdsmcog30") || $0.hasPrefix("copernicusdsm30")
        || $0.contains("glo90")
    },
    copernicus(30) { $0.hasPrefix("copernicusdsm") || $0.contains("glo30") },
    .init(
      title: "ALOS World 3D (AW3D30)", note: "a surface with its trees; voids hold −9999",
      origin: .init(attribution: "© JAXA", url: "https://www.eorc.jaxa.jp/ALOS/en/")
    ) {
      $0.hasPrefix("alpsmlc30") || $0.contains("aw3d30") || isAlosTile($0)
    },
    .init(
      title: "ASTER GDEM", note: "a surface with its trees; voids hold −9999, the sea is 0 m",
      origin: .init(attribution: "ASTER GDEM is a product of METI and NASA")
    ) {
      $0.hasPrefix("astgtm") || $0.contains("astergdem")
    },
    .init(
      title: "GEBCO", note: "450 m grid of land and sea floor: heights below zero are the sea",
      origin: .init(
        attribution: "GEBCO Compilation Group", licence: "public domain",
        url: "https://www.gebco.net")
    ) {
      $0.contains("gebco")
    },
    .init(
      title: "SRTM", note: "voids hold −32768; nothing beyond 60° N and 56° S",
      origin: .init(
        attribution: "NASA, NGA and USGS: Shuttle Radar Topography Mission",
        url: "https://www.earthdata.nasa.gov")
    ) {
      isDegreeTile($0) && $0.contains("hgt") || $0.contains("srtm")
    },
  ]

  /// - Parameter metres: of a cell, about.
  private static func copernicus(
    _ metres: Int, matches: @escaping @Sendable (_ file: String) -> Bool
  ) -> ElevationProduct {
    ElevationProduct(
      title: "Copernicus DEM GLO-\(metres)",
      note: "a surface with its trees; the sea is 0 m, without voids",
      origin: ProductOrigin(
        attribution:
          "produced using Copernicus WorldDEM-\(metres) © DLR e.V. 2010-2014 and © Airbus Defence and "
          + "Space GmbH 2014-2018 provided under COPERNICUS by the European Union and ESA; all rights "
          + "reserved", licence: "Copernicus DEM licence", url: "https://dataspace.copernicus.eu"),
      matches: matches)
  }

  /// The product of a path, `nil` where its name tells none.
  static func product(of path: String) -> ElevationProduct? {
    let file = path.rasterName.plain
    return all.first { $0.matches(file) }
  }

  /// `N043E131_AVE_DSM.tif` and `N043E131_DSM.tif`.
  private static func isAlosTile(_ file: String) -> Bool {
    isDegreeTile(file)
      && ["avedsm", "meddsm", "dsmtif"].contains { file.dropFirst(8).hasPrefix($0) }
  }

  /// Whether a name begins with a corner such as `N43E131` or `N043E131`.
  private static func isDegreeTile(_ file: String) -> Bool {
    guard let first = file.first, "ns".contains(first) else { return false }
    let rest = file.dropFirst()
    let latitude = rest.prefix { $0.isNumber }
    let east = rest.dropFirst(latitude.count)
    guard (2...3).contains(latitude.count), let letter = east.first, "ew".contains(letter) else {
      return false
    }
    return east.dropFirst().prefix { $0.isNumber }.count == 3
  }
}
