import Documents
import Foundation
package import RasterCore

/// The products that can be named.
package struct ProductCatalogue: Sendable {
  /// By name.
  package let products: [TiledProduct]

  /// Those that come with the program.
  ///
  /// - Throws: `.input`, where one of its files is damaged.
  package init() throws(HabitatError) {
    var products: [TiledProduct] = []
    for (name, bytes) in Self.files {
      products.append(
        try TiledProduct(json5: Data(bytes), file: name + ".json", index: Self.index(named:)))
    }
    self.products = products
  }

  /// - Throws: `.usage`, slug `product-unknown`, with the nearest name.
  package func product(named name: String) throws(HabitatError) -> TiledProduct {
    if let product = products.first(where: { $0.name == name }) { return product }
    let names = products.map(\.name)
    throw HabitatError(
      .usage, "product-unknown", "there is no product \"\(name)\"", at: name,
      fix: (name.nearest(in: names).map { "did you mean \($0)? " } ?? "")
        + "known: \(names.joined(separator: ", "))")
  }

  private static let files: [(name: String, bytes: [UInt8])] = [
    ("copernicus-glo30", PackageResources.copernicus_glo30_json),
    ("copernicus-glo90", PackageResources.copernicus_glo90_json),
    ("esa-worldcover-2020", PackageResources.esa_worldcover_2020_json),
    ("esa-worldcover-2021", PackageResources.esa_worldcover_2021_json),
  ]

  private static func index(named name: String) -> TileIndex? {
    switch name {
    case "copernicus-glo30": glo30
    case "copernicus-glo90": glo90
    default: nil
    }
  }

  private static let glo30 = TileIndex(
    String(decoding: PackageResources.copernicus_glo30_txt, as: UTF8.self))
  private static let glo90 = TileIndex(
    String(decoding: PackageResources.copernicus_glo90_txt, as: UTF8.self))
}
