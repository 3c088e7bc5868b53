import Foundation
import GeoIO
import RasterCore

/// Whom to name for the data of a product, and what may be done with them.
///
/// A licence stands here only where the product has one for all its editions and ways of distribution.
struct ProductOrigin: Hashable, Sendable {
  /// `{year}` is the year of the data.
  var attribution = ""
  var licence = ""
  var url = ""

  func attribution(of year: String) -> String {
    year.isEmpty
      ? attribution.replacing(" ({year})", with: "").replacing(" {year}", with: "")
      : attribution.replacing("{year}", with: year)
  }
}

/// A product of vectors as its files' names give it away.
struct VectorProduct: Sendable {
  let title: String
  let origin: ProductOrigin
  /// Tells a base name in lower case.
  private let matches: @Sendable (_ name: String) -> Bool

  static let openStreetMap = VectorProduct(
    title: "OpenStreetMap",
    origin: .init(
      attribution: "© OpenStreetMap contributors", licence: "ODbL 1.0",
      url: "https://www.openstreetmap.org/copyright")
  ) { name in
    name.contains("openstreetmap")
      || name.split { !$0.isLetter && !$0.isNumber }.contains("osm")
  }

  /// Source: the terms of use of the products.
  static let all: [VectorProduct] = [
    openStreetMap,
    .init(
      title: "World Database on Protected Areas (WDPA)",
      origin: .init(
        attribution:
          "UNEP-WCMC and IUCN: Protected Planet, World Database on Protected Areas (WDPA)",
        licence: "WDPA terms: neither commercial use nor redistribution without leave",
        url: "https://www.protectedplanet.net")
    ) { $0.hasPrefix("wdpa_") },
    .init(
      title: "Natural Earth",
      origin: .init(
        attribution: "Made with Natural Earth", licence: "public domain",
        url: "https://www.naturalearthdata.com")
    ) { $0.hasPrefix("ne_10m_") || $0.hasPrefix("ne_50m_") || $0.hasPrefix("ne_110m_") },
    .init(
      title: "GADM",
      origin: .init(
        attribution: "GADM", licence: "neither commercial use nor redistribution without leave",
        url: "https://gadm.org")
    ) { $0.hasPrefix("gadm") && $0.dropFirst(4).first.map { $0.isNumber || $0 == "_" } ?? false },
  ]

  /// The product of a layer's files, `nil` where neither format, name nor the words in it give one away.
  static func product(of origin: LayerOrigin) -> VectorProduct? {
    // Exports of Overpass say it in their own words.
    let isOpenStreetMap =
      origin.isOpenStreetMap
      || origin.stated.contains { $0.attribution.lowercased().contains("openstreetmap") }
    if isOpenStreetMap { return openStreetMap }
    return all.first { product in
      origin.paths.contains { product.matches($0.rasterName.lowercased()) }
    }
  }
}
