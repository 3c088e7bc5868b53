import GeoIO
import RasterCore
import RasterLoader
import Reclassification

/// Finds out where the data of each layer come from without asking: what somebody said stands; else the files'
/// own metadata, the product they are recognised as, or, where nothing else is known, the product whose legend
/// was chosen.
struct SourceFinder {
  let landscape: Landscape
  let landCover: LandCoverSource
  /// Products the land cover may be of, the likeliest first.
  let proposals: [ProductProposal]
  let elevation: ElevationSource?
  let refinement: RefinementOnGrid?
  let distances: DistanceLayers
  let parks: ParkCollection?

  /// Sorted by layer, those of layers that nobody knows at the end.
  var sources: [DataSource] {
    guard !landscape.hasAllSources else { return landscape.sources }
    let layers = layers
    let keys = Set(layers.map(\.key))
    return layers.flatMap { layer in
      let found = found(layer)
      let stated = landscape.sources.filter { $0.layer == layer.key }
      let sources = stated.isEmpty ? [found].compactMap(\.self) : stated
      return sources.map { completed($0, with: found) }
    } + landscape.sources.filter { !keys.contains($0.layer) }
  }

  // MARK: Layers

  private struct Layer {
    let key: String
    let origin: LayerOrigin
    var product: (title: String, origin: ProductOrigin)?
    /// The product of the chosen legend.
    var legend: LandCoverProduct?
  }

  private var layers: [Layer] {
    var layers = [landCoverLayer]
    if let elevation {
      let origin = LayerOrigin(elevation.tiles)
      let product = origin.paths.lazy.compactMap(ElevationProduct.product).first
      layers.append(
        Layer(
          key: "elevation", origin: origin, product: product.map { ($0.title, $0.origin) }))
    }
    for part in refinement?.part.parts ?? [] {
      layers.append(
        Layer(
          key: DataSource.key(ofLayer: part.layer.rawValue), origin: LayerOrigin(part.source.tiles))
      )
    }
    var outlines: [(key: String, origin: LayerOrigin?)] = [("water", refinement?.outlines?.origin)]
    outlines.append(("parks", parks?.origin))
    outlines += ["roads", "settlements"].map { ($0, distances.origins[$0]) }
    for (key, origin) in outlines {
      guard let origin else { continue }
      let product = VectorProduct.product(of: origin)
      layers.append(
        Layer(key: key, origin: origin, product: product.map { ($0.title, $0.origin) }))
    }
    return layers
  }

  private var landCoverLayer: Layer {
    func product(_ legend: String?) -> LandCoverProduct? {
      LandCoverProduct.all.first { $0.legend == legend && !$0.names.isEmpty }
    }
    // Of products with two legends, the chosen one says which it is.
    let strong = proposals.filter(\.isStrong)
    let likeliest = strong.first { $0.legend == landscape.legend } ?? strong.first
    return Layer(
      key: "landCover", origin: LayerOrigin(landCover.tiles),
      product: product(likeliest?.legend).map { ($0.plainTitle, $0.origin) },
      legend: product(landscape.legend))
  }

  // MARK: What is known

  private func found(_ layer: Layer) -> DataSource? {
    let origin = layer.origin
    let year = layer.product == nil ? "" : origin.yearOfNames
    let date = origin.text(\.date)
    var source = DataSource(layer: layer.key, date: date.isEmpty ? year : date)
    if let product = layer.product {
      source.basis = .product
      source.title = product.title
      source.attribution = product.origin.attribution(of: source.date)
      (source.licence, source.url) = (product.origin.licence, product.origin.url)
    } else if origin.stated.isEmpty {
      guard let legend = layer.legend else { return nil }
      source.basis = .legend
      source.title = legend.plainTitle
      source.attribution = legend.origin.attribution(of: "")
      (source.licence, source.url) = (legend.origin.licence, legend.origin.url)
      return source
    }
    guard !origin.stated.isEmpty else { return source }
    source.basis = .metadata
    func take(_ key: WritableKeyPath<DataSource, String>, _ text: String) {
      if !text.isEmpty { source[keyPath: key] = text }
    }
    take(\.title, origin.text(\.title))
    if source.title.isEmpty { source.title = origin.text(\.description) }
    take(\.attribution, origin.text(\.attribution))
    take(\.licence, origin.text(\.licence))
    take(\.url, origin.text(\.url))
    return source
  }

  /// A source of somebody's own words with what they leave open.
  private func completed(_ source: DataSource, with found: DataSource?) -> DataSource {
    var source = source
    if let found, source != found {
      if source.credit.isEmpty {
        (source.title, source.attribution) = (found.title, found.attribution)
        source.basis = found.basis
        if source.url.isEmpty { source.url = found.url }
      }
      // A legend may be borrowed for data of one's own: it says nothing of a licence.
      if source.licence.isEmpty, found.basis != .legend { source.licence = found.licence }
      if source.date.isEmpty { source.date = found.date }
    }
    // What is made up was seen at no time.
    if source.layer == "landCover", !landscape.isSynthetic, let epoch = landscape.epoch {
      source.date = epoch
    }
    return source
  }
}

extension LandCoverProduct {
  /// The title without what tells two legends of the product apart.
  fileprivate var plainTitle: String { String(title.prefix { $0 != "," }) }
}
