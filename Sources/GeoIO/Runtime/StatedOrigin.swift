import RasterCore

/// What a file, or a document beside it, says in its metadata of where its data come from.
///
/// Texts are of one line, none longer than `longestText`; an empty one is not there. Texts of other programs,
/// such as settings as JSON, and those that hold a path of the machine they were made on, are left out.
///
/// Source: keys of ESA WorldCover's GeoTIFF, the tags of TIFF as GDAL names them, the attributes of CF 1.10 and
/// ACDD 1.3, the contents of GeoPackage 1.3, and HDF-EOS.
public struct StatedOrigin: Hashable, Sendable {
  /// What the data are called.
  public let title: String
  /// What stands in a field for anything: a title as a last resort.
  public let description: String
  public let attribution: String
  public let licence: String
  /// An address of the web.
  public let url: String
  /// When the data were seen: a year, a date, or two with a slash.
  public let date: String

  public static let longestText = 500

  public init(metadata: [String: String] = [:]) {
    let fields = Fields(metadata)
    title = fields.text("title")
    description = fields.text("tifftag_imagedescription", "description")
    attribution = fields.text(
      "attribution", "copyright", "tifftag_copyright", "credit", "credits", "institution",
      "creator_name", "publisher_name", "producer", "tifftag_artist")
    licence = fields.text("licence", "license", "rights")
    url = fields.address("reference", "references", "url", "metadata_link", "creator_url")
    date = fields.span
  }

  private init(_ text: (KeyPath<StatedOrigin, String>) -> String) {
    (title, description) = (text(\.title), text(\.description))
    (attribution, licence) = (text(\.attribution), text(\.licence))
    (url, date) = (text(\.url), text(\.date))
  }

  /// With the words of another source on the same data where this one has none.
  func completed(by other: StatedOrigin) -> StatedOrigin {
    StatedOrigin { self[keyPath: $0].isEmpty ? other[keyPath: $0] : self[keyPath: $0] }
  }

  /// Whether it says anything of the origin; a date alone says nothing of it.
  public var isEmpty: Bool { (title + description + attribution + licence).isEmpty }
}

/// Members of metadata by their keys in lower case, those of a whole NetCDF file as any other's.
private struct Fields {
  private var members: [String: String] = [:]

  init(_ metadata: [String: String]) {
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      let key = key.lowercased()
      members[key.hasPrefix("nc_global#") ? String(key.dropFirst(10)) : key] = value
    }
  }

  /// The first of some members that is there and fit to be passed on.
  func text(_ keys: String...) -> String {
    keys.lazy.compactMap { members[$0].flatMap(Self.plain) }.first ?? ""
  }

  func address(_ keys: String...) -> String {
    let words = keys.lazy.compactMap { members[$0].flatMap(Self.plain) }.flatMap {
      $0.split { $0.isWhitespace || "<>,;()".contains($0) }
    }
    return words.first { $0.hasPrefix("https://") || $0.hasPrefix("http://") }.map(String.init)
      ?? ""
  }

  /// From the first day to the last, as a year where it is one.
  var span: String {
    func day(_ keys: [String]) -> String? {
      let text = keys.lazy.compactMap { members[$0] }.first?.prefix(10)
      return text.map(String.init).flatMap { $0.isDay ? $0 : nil }
    }
    guard let start = day(["time_start", "time_coverage_start", "rangebeginningdate"]) else {
      return ""
    }
    let end = day(["time_end", "time_coverage_end", "rangeendingdate"]) ?? start
    guard start.hasSuffix("-01-01"), end.hasSuffix("-12-31") else {
      return start == end ? start : "\(start)/\(end)"
    }
    return start.prefix(4) == end.prefix(4)
      ? String(start.prefix(4)) : "\(start.prefix(4))/\(end.prefix(4))"
  }

  private static func plain(_ text: String) -> String? {
    let text = text.oneLine
    guard let first = text.first, !"{[<".contains(first), !text.holdsLocalPath else { return nil }
    return text.shortened(to: StatedOrigin.longestText)
  }
}

extension String {
  /// Whether it is of the form 2021-06-30.
  fileprivate var isDay: Bool {
    let parts = split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.count) == [4, 2, 2]
      && parts.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isNumber } }
  }
}
