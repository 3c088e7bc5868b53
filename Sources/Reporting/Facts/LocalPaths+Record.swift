import Documents
public import RasterCore

extension LocalPaths {
  /// Those that a run's record names among its inputs and parameters.
  init(recordedIn manifest: Required<HabitatError>) throws(HabitatError) {
    var texts = Self.texts(of: try manifest["parameters"].value)
    for input in try manifest["inputs"].elements() {
      texts.append(try Required(input)["path"].string())
    }
    self.init(texts)
  }

  private static func texts(of value: JSONValue) -> [String] {
    switch value {
    case .string(let text): [text]
    case .array(let elements): elements.flatMap(texts)
    case .object(let members): members.flatMap { texts(of: $0.value) }
    default: []
    }
  }

  /// A source without the folders of the machine in what somebody says of it.
  public func shortened(in source: DataSource) -> DataSource {
    var source = source
    for key in [\DataSource.title, \.attribution, \.licence, \.url] {
      source[keyPath: key] = shortened(in: source[keyPath: key])
    }
    return source
  }
}
