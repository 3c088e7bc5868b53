/// How the parks are drawn: a dark outline on a light one, so that it shows on any ground, and their names.
public enum ParkStyle {
  /// The layer style of QGIS, as a GeoPackage keeps it in `layer_styles`.
  public static var qml: String {
    let document: Markup = """
      <!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
      <qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
      \(qgisSymbology)
      </qgis>

      """
    return document.source
  }

  /// Millimetres of a line, its colour and its place in the symbol.
  private static func outline(_ width: String, _ colour: String) -> Markup {
    """
            <layer class="SimpleLine" enabled="1" locked="0" pass="0">
              <prop k="joinstyle" v="round"/>
              <prop k="line_color" v="\(colour)"/>
              <prop k="line_style" v="solid"/>
              <prop k="line_width" v="\(width)"/>
              <prop k="line_width_unit" v="MM"/>
            </layer>
    """
  }

  static var qgisSymbology: Markup {
    """
      <renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">
        <symbols>
          <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
    \(outline("1", "255,255,255,200"))
    \(outline("0.5", "35,31,32,255"))
          </symbol>
        </symbols>
      </renderer-v2>
      <labeling type="simple">
        <settings calloutType="simple">
          <text-style fieldName="park" isExpression="0" fontFamily="Sans Serif" fontSize="10" \
    fontSizeUnit="Point" fontWeight="75" textColor="35,31,32,255" textOpacity="1">
            <text-buffer bufferDraw="1" bufferSize="1" bufferSizeUnits="MM" \
    bufferColor="255,255,255,255" bufferOpacity="0.85" bufferNoFill="1" bufferJoinStyle="128"/>
          </text-style>
          <text-format autoWrapLength="20" useMaxLineLengthForAutoWrap="1" multilineAlign="1"/>
          <placement placement="4" centroidInside="1" priority="5"/>
          <rendering drawLabels="1" displayAll="0" obstacle="0" fitInPolygonOnly="0"/>
        </settings>
      </labeling>
      <blendMode>0</blendMode>
      <featureBlendMode>0</featureBlendMode>
      <layerGeometryType>2</layerGeometryType>
    """
  }

  /// The same for GeoServer and MapServer.
  public static func sld(layer: String) -> String {
    let document: Markup = """
      <?xml version="1.0" encoding="UTF-8"?>
      <StyledLayerDescriptor xmlns="http://www.opengis.net/sld" \
      xmlns:ogc="http://www.opengis.net/ogc" version="1.0.0">
        <NamedLayer>
          <Name>\(layer)</Name>
          <UserStyle>
            <FeatureTypeStyle>
              <Rule>
                <PolygonSymbolizer>
                  <Stroke>
                    <CssParameter name="stroke">#231f20</CssParameter>
                    <CssParameter name="stroke-width">2</CssParameter>
                  </Stroke>
                </PolygonSymbolizer>
                <TextSymbolizer>
                  <Label><ogc:PropertyName>park</ogc:PropertyName></Label>
                  <Halo>
                    <Radius>2</Radius>
                    <Fill><CssParameter name="fill">#ffffff</CssParameter></Fill>
                  </Halo>
                  <Fill><CssParameter name="fill">#231f20</CssParameter></Fill>
                </TextSymbolizer>
              </Rule>
            </FeatureTypeStyle>
          </UserStyle>
        </NamedLayer>
      </StyledLayerDescriptor>

      """
    return document.source
  }
}
