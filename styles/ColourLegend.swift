import Documents
import RasterCore

/// The classes of a raster as people see them: values, names and colours.
///
/// One file of this folder defines each; every style, colour table and legend comes from it.
public struct ColourLegend: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public let value: UInt8
    public let key: String
    public let name: String
    /// `0xRRGGBB`
    public let colour: UInt32
  }

  public let entries: [Entry]

  /// The four classes, from light to dark, so that colour-blind readers and grey prints tell them apart.
  public static let suitabilityClasses = ColourLegend(PackageResources.suitability_classes_csv)
  /// Water alone, light, to be laid over classes and relief: sea and lakes then look like water and not like
  /// land that is not suitable.
  public static let water = ColourLegend(PackageResources.water_csv)
  /// The same of blocks of cells by the per cent of them that are water: those that are all water.
  public static let waterBlocks = ColourLegend(PackageResources.water_blocks_csv)
  public static let landCategories = ColourLegend(PackageResources.land_categories_csv)
  public static let limitingFactors = ColourLegend(PackageResources.limiting_factors_csv)

  /// Colours by value.
  public var colours: [UInt8: UInt32] {
    Dictionary(uniqueKeysWithValues: entries.map { ($0.value, $0.colour) })
  }

  /// Names by value from 0, which is nodata and has none.
  public var categoryNames: [String] {
    let last = entries.map(\.value).max() ?? 0
    return (0...last).map { value in entries.first { $0.value == value }?.name ?? "" }
  }

  /// The legend without the class of a value.
  public func leavingOut(_ value: UInt8) -> ColourLegend {
    ColourLegend(entries: entries.filter { $0.value != value })
  }

  private init(entries: [Entry]) { self.entries = entries }

  private init(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
    entries = lines.map { line in
      let fields = CSVText.fields(of: String(line))
      guard fields.count == 4, let value = UInt8(fields[0]),
        let colour = UInt32(fields[3].dropFirst(), radix: 16)
      else { preconditionFailure("styles/: \(line) is not value,key,name,#rrggbb") }
      return Entry(value: value, key: fields[1], name: fields[2], colour: colour)
    }
  }
}
