extension RasterStyle {
  /// A Styled Layer Descriptor 1.0.0 for GeoServer and MapServer; relief needs none of its own.
  ///
  /// Source: OGC 02-070, section 11.7, with GeoServer's `type` of a colour map.
  ///
  /// - Parameter layer: the layer's name.
  public func sld(layer: String) -> String {
    let document: Markup = """
      <?xml version="1.0" encoding="UTF-8"?>
      <StyledLayerDescriptor xmlns="http://www.opengis.net/sld" \
      xmlns:ogc="http://www.opengis.net/ogc" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.0.0">
        <NamedLayer>
          <Name>\(layer)</Name>
          <UserStyle>
            <Title>\(layer)</Title>
            <FeatureTypeStyle>
              <Rule>
                <RasterSymbolizer>
                  <Opacity>1</Opacity>
                  <ColorMap type="\(mapType)">
      \(nodataEntry)\(entries.map(Self.element).joined(separator: "\n"))
                  </ColorMap>
                </RasterSymbolizer>
              </Rule>
            </FeatureTypeStyle>
          </UserStyle>
        </NamedLayer>
      </StyledLayerDescriptor>

      """
    return document.source
  }

  private static func element(_ entry: Entry) -> Markup {
    """
                  <ColorMapEntry color="\(entry.colour.hexColour)" quantity="\(entry.value)" \
    label="\(entry.name)"/>
    """
  }

  private var mapType: String {
    switch self {
    case .codes: "values"
    case .amounts, .relief: "ramp"
    }
  }

  /// Below a ramp its first colour would go on.
  private var nodataEntry: Markup {
    switch self {
    case .codes: return ""
    case .amounts(_, let nodata): return Self.transparent(nodata.shortened(decimals: 6))
    case .relief: return Self.transparent("0")
    }
  }

  private static func transparent(_ value: String) -> Markup {
    """
                  <ColorMapEntry color="#000000" quantity="\(value)" opacity="0"/>\("\n" as Markup)
    """
  }
}
