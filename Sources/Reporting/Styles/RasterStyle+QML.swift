extension RasterStyle {
  /// The layer style of QGIS, which loads `<raster>.qml` by itself when it opens `<raster>.tif`.
  public var qml: String {
    let document: Markup = """
      <!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
      <qgis version="3.22.0" styleCategories="Symbology">
      \(qgisSymbology)
      </qgis>

      """
    return document.source
  }

  /// The elements of a layer that draw it, for styles and projects alike.
  var qgisSymbology: Markup {
    """
      <pipe>
        <provider>
          <resampling enabled="false" zoomedInResamplingMethod="nearestNeighbour" \
    zoomedOutResamplingMethod="nearestNeighbour" maxOversampling="2"/>
        </provider>
    \(qgisRenderer)
        <brightnesscontrast brightness="0" contrast="0" gamma="1"/>
        <huesaturation saturation="0" grayscaleMode="0" colorizeOn="0"/>
        <rasterresampler maxOversampling="2"/>
        <resamplingStage>resamplingFilter</resamplingStage>
      </pipe>
      <blendMode>\(self == .relief ? Self.multiply : Self.normal)</blendMode>
    """
  }

  private static func element(_ name: Markup, _ entry: Entry) -> Markup {
    """
                <\(name) value="\(entry.value)" color="\(entry.colour.hexColour)" alpha="255" \
    label="\(entry.name)"/>
    """
  }

  /// QGIS's numbers for how a layer mixes with those below.
  private static let normal = 0
  private static let multiply = 6

  /// The shade of level ground under a sun 45° high. What is as bright stays as it is, so that plains
  /// have the colours of the legend.
  private static let levelLight = 181

  /// Black of so little weight leaves a colour its least light.
  private static var reliefOpacity: Markup {
    Markup(trusted: (1 - ReliefShade.darkest).shortened(decimals: 3))
  }

  private var qgisRenderer: Markup {
    switch self {
    case .codes:
      return """
            <rasterrenderer type="paletted" band="1" opacity="1" alphaBand="-1" nodataColor="">
              <rasterTransparency/>
              <colorPalette>
        \(entries.map { Self.element("paletteEntry", $0) }.joined(separator: "\n"))
              </colorPalette>
            </rasterrenderer>
        """
    case .amounts:
      let (least, most) = (entries[0].value, entries[entries.count - 1].value)
      return """
            <rasterrenderer type="singlebandpseudocolor" band="1" opacity="1" alphaBand="-1" \
        nodataColor="" classificationMin="\(least)" classificationMax="\(most)">
              <rasterTransparency/>
              <rastershader>
                <colorrampshader colorRampType="INTERPOLATED" classificationMode="1" clip="0" \
        minimumValue="\(least)" maximumValue="\(most)" labelPrecision="0">
        \(entries.map { Self.element("item", $0) }.joined(separator: "\n"))
                </colorrampshader>
              </rastershader>
            </rasterrenderer>
        """
    case .relief:
      return """
            <rasterrenderer type="singlebandgray" grayBand="1" gradient="BlackToWhite" opacity="\(Self.reliefOpacity)" \
        alphaBand="-1" nodataColor="">
              <rasterTransparency/>
              <contrastEnhancement>
                <minValue>1</minValue>
                <maxValue>\(Self.levelLight)</maxValue>
                <algorithm>StretchToMinimumMaximum</algorithm>
              </contrastEnhancement>
            </rasterrenderer>
        """
    }
  }
}
