public import Documents
import Foundation
public import RasterCore
public import Styles

/// A raster of the results as an item of a SpatioTemporal Asset Catalog, version 1.1.0.
///
/// Extensions: projection 2.0.0, file 2.1.0 and, for codes, classification 2.0.0.
public struct STACItem: Hashable, Sendable {
  /// The one band of a raster.
  public struct Band: Hashable, Sendable {
    public let name: String
    /// In the words of the specification: `uint8`, `float32`.
    public let dataType: String
    public let nodata: Double
    /// `minimum`, `maximum`, `mean`, `stddev`; none where no cell has a value.
    public let statistics: [JSONValue.Member]
    /// `nil` for amounts.
    public let legend: ColourLegend?

    public init(
      name: String, dataType: String, nodata: Double, statistics: [JSONValue.Member],
      legend: ColourLegend?
    ) {
      (self.name, self.dataType, self.nodata) = (name, dataType, nodata)
      (self.statistics, self.legend) = (statistics, legend)
    }
  }

  /// The raster's file, which lies beside the item.
  public struct File: Hashable, Sendable {
    public let name: String
    public let byteCount: Int
    /// Hexadecimal.
    public let sha256: String
    public let isCloudOptimized: Bool

    public init(name: String, byteCount: Int, sha256: String, isCloudOptimized: Bool) {
      (self.name, self.byteCount) = (name, byteCount)
      (self.sha256, self.isCloudOptimized) = (sha256, isCloudOptimized)
    }
  }

  let id: String
  let title: String
  let description: String
  let period: CalendarPeriod
  let footprint: STACFootprint
  let grid: Grid
  let crsCode: String?
  /// Of the program's own.
  let properties: [JSONValue.Member]
  /// Of the data that the raster is made of.
  let sources: [DataSource]
  let band: Band
  let file: File

  /// - Parameter crsCode: the authority's, such as `EPSG:32652`, where one has the same coordinates.
  public init(
    id: String, title: String, description: String, period: CalendarPeriod,
    footprint: STACFootprint,
    grid: Grid, crsCode: String?, properties: [JSONValue.Member], sources: [DataSource] = [],
    band: Band, file: File
  ) {
    (self.id, self.title, self.description) = (id, title, description)
    (self.period, self.footprint) = (period, footprint)
    (self.grid, self.crsCode, self.properties) = (grid, crsCode, properties)
    (self.sources, self.band, self.file) = (sources.map(LocalPaths().shortened), band, file)
  }

  public var json: JSONValue {
    .object([
      .init("type", .string("Feature")),
      .init("stac_version", .string("1.1.0")),
      .init("stac_extensions", .array(extensions.map { .string($0) })),
      .init("id", .string(id)),
      .init("geometry", footprint.geometry),
      .init("bbox", .array(footprint.box.map { .number($0) })),
      .init("properties", .object(allProperties)),
      .init("links", .array([])),
      .init("assets", .object([.init("data", asset)])),
    ])
  }

  private var extensions: [String] {
    let used = ["projection/v2.0.0", "file/v2.1.0"]
    return (used + (band.legend == nil ? [] : ["classification/v2.0.0"])).map {
      "https://stac-extensions.github.io/\($0)/schema.json"
    }
  }

  private var allProperties: [JSONValue.Member] {
    let transform = grid.geotransform
    let affine = [
      transform.columnStepX, transform.rowStepX, transform.originX, transform.columnStepY,
      transform.rowStepY, transform.originY,
    ]
    var members: [JSONValue.Member] = [
      .init("title", .string(title)),
      .init("description", .string(description)),
      .init("datetime", .null),
      .init("start_datetime", .string(period.start)),
      .init("end_datetime", .string(period.end)),
      .init("proj:code", crsCode.map { .string($0) } ?? .null),
    ]
    members += origin
    if crsCode == nil { members.append(.init("proj:wkt2", .string(grid.crs.wkt))) }
    members += [
      .init("proj:shape", .array([.number(Double(grid.rows)), .number(Double(grid.columns))])),
      .init("proj:transform", .array(affine.map { .number($0) })),
    ]
    return members + properties
  }

  /// Those who made the data. Theirs are several licences, of which none is the raster's own: the
  /// specification's word for that is `other`.
  private var origin: [JSONValue.Member] {
    var providers: [JSONValue] = []
    for source in sources where !source.credit.isEmpty {
      let words = [
        Wording(.english).layer(source.layer), source.title, source.date, source.licence,
      ]
      var provider: [JSONValue.Member] = [
        .init("name", .string(source.credit)),
        .init("description", .string(words.filter { !$0.isEmpty }.joined(separator: "; "))),
        .init("roles", .array([.string("producer")])),
      ]
      if source.url.hasPrefix("https://") || source.url.hasPrefix("http://") {
        provider.append(.init("url", .string(source.url)))
      }
      providers.append(.object(provider))
    }
    let isLicensed = sources.contains { !$0.licence.isEmpty }
    return (isLicensed ? [.init("license", .string("other"))] : [])
      + (providers.isEmpty ? [] : [.init("providers", .array(providers))])
  }

  private var asset: JSONValue {
    // A name of a species may hold what a reference must not.
    let reference = file.name.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
    return .object([
      .init("href", .string("./" + (reference ?? file.name))),
      .init(
        "type",
        .string(
          "image/tiff; application=geotiff"
            + (file.isCloudOptimized ? "; profile=cloud-optimized" : ""))),
      .init("title", .string(title)),
      .init("roles", .array([.string("data")])),
      .init("bands", .array([bandJSON])),
      .init("file:size", .number(Double(file.byteCount))),
      // A multihash: SHA2-256 is 0x12, its length 0x20 bytes.
      .init("file:checksum", .string("1220" + file.sha256)),
    ])
  }

  private var bandJSON: JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .string(band.name)),
      .init("data_type", .string(band.dataType)),
      .init("nodata", .number(band.nodata)),
    ]
    if !band.statistics.isEmpty { members.append(.init("statistics", .object(band.statistics))) }
    if let legend = band.legend {
      members.append(.init("classification:classes", .array(classes(legend))))
    }
    return .object(members)
  }

  private func classes(_ legend: ColourLegend) -> [JSONValue] {
    let nodata = JSONValue.object([
      .init("value", .number(band.nodata)), .init("name", .string("nodata")),
      .init("description", .string("no data")), .init("nodata", .boolean(true)),
    ])
    return [nodata]
      + legend.entries.map { entry in
        .object([
          .init("value", .number(Double(entry.value))), .init("name", .string(entry.key)),
          .init("description", .string(entry.name)),
          .init("color_hint", .string(String(entry.colour.hexColour.dropFirst()))),
        ])
      }
  }
}
