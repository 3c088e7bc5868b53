import RasterCore
import RasterLoader
import Reclassification

/// A product that a land cover may be, and what speaks for it. Proposed, never assumed.
public struct ProductProposal: Hashable, Sendable {
  /// The built-in legend to choose.
  public let legend: String
  public let title: String
  /// For example "file name", "metadata", "all 11 codes".
  public let evidence: [String]
  /// Codes of the raster that the legend lacks.
  public let unknownCodes: [Int]

  private let strength: Double

  /// Proposals, the likeliest first.
  ///
  /// A product is proposed for its name or metadata, or where its legend knows every code. Among those
  /// alike the one comes first of whose codes most occur.
  ///
  /// - Parameters:
  ///   - names: paths of the tiles.
  ///   - descriptions: metadata of the tiles and of their bands.
  ///   - codes: those that occur, declared nodata left out; `nil` where no cell was read.
  static func proposals(
    names: [String], descriptions: [String], codes: Set<Int>?
  ) throws(HabitatError) -> [ProductProposal] {
    var proposals: [ProductProposal] = []
    for product in LandCoverProduct.all {
      let legend = try Legend.builtIn(named: product.legend)
      if let proposal = ProductProposal(product, legend, names, descriptions, codes) {
        proposals.append(proposal)
      }
    }
    return proposals.sorted { ($1.strength, $0.legend) < ($0.strength, $1.legend) }
  }

  private init?(
    _ product: LandCoverProduct, _ legend: Legend, _ names: [String], _ descriptions: [String],
    _ codes: Set<Int>?
  ) {
    var evidence: [String] = []
    var strength = 0.0
    if names.contains(where: product.isNamed) {
      evidence.append("file name")
      strength += 4
    }
    if descriptions.contains(where: { text in
      let text = text.plain
      return product.words.contains { text.contains($0) }
    }) {
      evidence.append("metadata")
      strength += 3
    }
    var unknown: [Int] = []
    if let codes, !codes.isEmpty {
      unknown = codes.filter { legend.category(of: $0) == .unknown }.sorted()
      // Nodata codes occur in any raster; classes tell products apart.
      let classes = codes.filter { legend.entry(for: $0)?.category != nil }
      let known = legend.codes.count { legend.entry(for: $0)?.category != nil }
      if unknown.isEmpty, !classes.isEmpty {
        evidence.append(codes.count == 1 ? "its only code" : "all \(codes.count) codes")
        strength += 1 + Double(classes.count) / Double(max(known, 1))
      } else {
        strength -= 4 * Double(unknown.count) / Double(codes.count)
      }
    }
    guard !evidence.isEmpty, strength > 0 else { return nil }
    (self.legend, title) = (product.legend, product.title)
    (self.evidence, unknownCodes, self.strength) = (evidence, unknown, strength)
  }

  /// Whether the name or the metadata speak for the product, not its codes alone.
  var isStrong: Bool { evidence.contains("file name") || evidence.contains("metadata") }
}

/// How the files of a land cover are named, and what they say of themselves.
struct LandCoverEvidence: Sendable {
  private let names: [String]
  private let texts: [String]

  /// - Parameter rasters: the files of the land cover.
  init(_ rasters: [RasterDescription]) {
    names = rasters.map(\.path)
    // The tiles of a product say the same.
    texts = rasters.prefix(8).flatMap(\.descriptions)
  }

  /// - Parameter codes: those that occur, where cells were read.
  func proposals(codes: Set<Int>? = nil) throws(HabitatError) -> [ProductProposal] {
    try ProductProposal.proposals(names: names, descriptions: texts, codes: codes)
  }
}

extension HabitatWarning {
  /// The chosen legend is a built-in one, and the files speak for another product.
  ///
  /// - Parameters:
  ///   - given: the legend's name, or the path of a file.
  ///   - proposals: the likeliest first.
  static func doubtfulLegend(
    _ given: String, _ proposals: [ProductProposal], at location: String
  ) -> HabitatWarning? {
    guard let likeliest = proposals.first, likeliest.isStrong, likeliest.unknownCodes.isEmpty,
      Legend.builtInNames.contains(given),
      !proposals.contains(where: { $0.legend == given && $0.isStrong })
    else { return nil }
    return HabitatWarning(
      "legend-doubtful",
      "the legend \(given) is chosen, but \(likeliest.evidence.joined(separator: " and ")) speak for "
        + likeliest.title, at: location,
      fix: "check whether --legend \(likeliest.legend) is meant")
  }
}
