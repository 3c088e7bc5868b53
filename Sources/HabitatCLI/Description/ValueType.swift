import HabitatKit
import RasterCore

/// What kind of word stands for the value of an option or for an operand.
enum ValueType: Hashable, Sendable {
  /// A file, a VRT, or any path that GDAL opens.
  case raster
  case vector(Geometry)
  case rasterOrVector(Geometry)
  /// A layer of the vector file that another option names.
  case layer(of: String)
  /// A field of such a file, in the layer that a third option names.
  case field(of: String, layer: String)
  case folder
  /// The extensions are those the program's own examples have; any file is taken.
  case file(extensions: [String])
  /// One of these words; others are refused.
  case choice([String])
  /// A word of a list that the program prints.
  case name(Names)
  /// `LAYER=VALUE` of one of these layers; `words` are values that can be offered.
  case ofLayer([String], words: [String])
  case integer(atLeast: Int)
  /// One or two sizes of a cell.
  case cellSize
  case crs
  case extent
  /// Longitude and latitude.
  case place
  case date
  case text

  enum Geometry: String, Hashable, Sendable { case polygons, lines, points, any }

  /// Names that are not words of the program but its data.
  enum Names: Hashable, Sendable {
    case species
    /// Built-in legends; files are taken, too.
    case legends
    /// Landscapes of this folder and of the machine; files and folders are taken, too.
    case landscapes
    case layers, formats, languages
    case commands
  }

  /// For other programs, which make a widget of it.
  var key: String {
    switch self {
    case .raster: "raster"
    case .vector: "vector"
    case .rasterOrVector: "raster_or_vector"
    case .field: "field"
    case .layer: "layer"
    case .folder: "folder"
    case .file: "file"
    case .choice: "choice"
    case .name: "name"
    case .ofLayer: "layer_value"
    case .integer: "integer"
    case .cellSize: "cell_size"
    case .crs: "crs"
    case .extent: "extent"
    case .place: "place"
    case .date: "date"
    case .text: "text"
    }
  }

  /// The words that can stand here, as far as they are few and the program's own.
  var words: [String] {
    switch self {
    case .choice(let words): words
    case .name(let names): names.words
    default: []
    }
  }

  /// Whether a path of a file can stand here.
  var takesFiles: Bool {
    switch self {
    case .raster, .vector, .rasterOrVector, .file, .name(.legends), .name(.landscapes): true
    default: false
    }
  }
}

extension ValueType.Names {
  /// The names there are now; none where they cannot be read.
  var words: [String] {
    switch self {
    case .species: ((try? Catalogue.species()) ?? []).map(\.name)
    case .legends: ((try? Catalogue.legends()) ?? []).map(\.name)
    case .landscapes: Catalogue.landscapes()
    case .layers: OutputLayer.allCases.map(\.rawValue)
    case .formats: OutputFormat.allCases.map(\.rawValue)
    case .languages: RunReport.languages
    case .commands: CommandName.allCases.map(\.rawValue)
    }
  }

  /// The words behind `habitat` that print these names as JSON, with more about them.
  var listing: [String]? {
    switch self {
    case .species: ["species", "list", "--format", "json"]
    case .legends: ["legends", "list", "--format", "json"]
    case .landscapes, .layers, .formats, .languages, .commands: nil
    }
  }

  /// Few and fixed, so that help can list them.
  var isShort: Bool { ![.legends, .landscapes, .commands].contains(self) }
}
