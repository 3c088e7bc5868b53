public import RasterCore

/// A project of QGIS 3.22 or later: layers arranged and styled, files named relative to the project.
public struct QGISProject: Sendable {
  public struct Layer: Sendable {
    enum Content: Sendable {
      case raster(RasterStyle)
      case parks
    }

    /// Of at least eleven characters: QGIS 3.22 ignores shorter ones.
    let id: String
    let name: String
    /// Relative to the project, with what OGR needs to find a layer in it.
    let source: String
    let crs: CoordinateReferenceSystem
    let content: Content
    let isVisible: Bool
    /// Metres to a dot of the screen from which on it is drawn; `nil` for any.
    let finest: Double?

    public static func raster(
      id: String, name: String, source: String, crs: CoordinateReferenceSystem, style: RasterStyle,
      isVisible: Bool = true, finest: Double? = nil
    ) -> Layer {
      Layer(
        id: id, name: name, source: source, crs: crs, content: .raster(style),
        isVisible: isVisible, finest: finest)
    }

    public static func parks(
      id: String, name: String, file: String, layer: String, crs: CoordinateReferenceSystem
    ) -> Layer {
      Layer(
        id: id, name: name, source: "\(file)|layername=\(layer)", crs: crs, content: .parks,
        isVisible: true, finest: nil)
    }
  }

  /// A place to go to, in the browser and in the menu of views.
  public struct Bookmark: Sendable {
    let name: String
    /// In the project's CRS.
    let extent: Extent
    public init(name: String, extent: Extent) { (self.name, self.extent) = (name, extent) }
  }

  public let title: String
  /// Whose data the maps are made of, by which model and program: lines for the metadata, and upon each map.
  public let credits: [String]
  public let crs: CoordinateReferenceSystem
  /// In the project's CRS.
  public let extent: Extent
  /// One for each park.
  public let bookmarks: [Bookmark]
  /// The uppermost first.
  public let layers: [Layer]

  public init(
    title: String, credits: [String], crs: CoordinateReferenceSystem, extent: Extent,
    bookmarks: [Bookmark] = [], layers: [Layer]
  ) {
    precondition(layers.allSatisfy { $0.id.count > 10 }, "QGIS ignores layers of short identifiers")
    (self.title, self.credits, self.crs) = (title, credits, crs)
    (self.extent, self.bookmarks, self.layers) = (extent, bookmarks, layers)
  }
}

extension QGISProject {
  /// The document within a `.qgz`.
  public var document: String {
    // Once, for there may be thousands of bookmarks.
    let reference = Self.reference(crs)
    let project: Markup = """
      <!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
      <qgis version="3.22.0" projectname="\(title)">
        <title>\(title)</title>
        <projectCrs>
      \(reference)
        </projectCrs>
        <layer-tree-group>
      \(layers.map(treeEntry).joined(separator: "\n"))
        </layer-tree-group>
        <mapcanvas name="theMapCanvas" annotationsVisible="1">
          <units>\(crs.isGeographic ? "degrees" : "meters")</units>
          <extent>
            <xmin>\(String(extent.minX))</xmin>
            <ymin>\(String(extent.minY))</ymin>
            <xmax>\(String(extent.maxX))</xmax>
            <ymax>\(String(extent.maxY))</ymax>
          </extent>
          <rotation>0</rotation>
          <destinationsrs>
      \(reference)
          </destinationsrs>
        </mapcanvas>
        <projectlayers>
      \(layers.map(mapLayer).joined(separator: "\n"))
        </projectlayers>
        <layerorder>
      \(layers.map { "    <layer id=\"\($0.id)\"/>" as Markup }.joined(separator: "\n"))
        </layerorder>
        <Bookmarks>
      \(bookmarks.enumerated().map { bookmark($0, $1, reference) }.joined(separator: "\n"))
        </Bookmarks>
        <projectMetadata>
          <title>\(title)</title>
          <abstract>\(credits.joined(separator: " | "))</abstract>
        </projectMetadata>
        <properties>
      \(copyrightLabel)
          <Paths>
            <Absolute type="bool">false</Absolute>
          </Paths>
          <SpatialRefSys>
            <ProjectionsEnabled type="int">1</ProjectionsEnabled>
          </SpatialRefSys>
        </properties>
      </qgis>

      """
    return project.source
  }

  /// QGIS takes the CRS from its WKT; a code alone is not read.
  private static func reference(_ crs: CoordinateReferenceSystem) -> Markup {
    """
          <spatialrefsys>
            <wkt>\(crs.wkt)</wkt>
          </spatialrefsys>
    """
  }

  private func bookmark(_ index: Int, _ bookmark: Bookmark, _ reference: Markup) -> Markup {
    let corners = bookmark.extent.corners
    let ring = (corners + corners.prefix(1)).map { "\($0.x) \($0.y)" }.joined(separator: ", ")
    return """
          <Bookmark id="park_\(index)" name="\(bookmark.name)" group="Parks" extent="Polygon ((\(ring)))">
      \(reference)
          </Bookmark>
      """
  }

  private func treeEntry(_ layer: Layer) -> Markup {
    """
        <layer-tree-layer id="\(layer.id)" name="\(layer.name)" source="./\(layer.source)" \
    providerKey="\(layer.provider)" checked="\(layer.isVisible ? "Qt::Checked" : "Qt::Unchecked")" \
    expanded="\(layer.isVisible ? 1 : 0)"/>
    """
  }

  private func mapLayer(_ layer: Layer) -> Markup {
    let (kind, symbology): (Markup, Markup) =
      switch layer.content {
      case .raster(let style): ("type=\"raster\"", style.qgisSymbology)
      case .parks:
        ("type=\"vector\" geometry=\"Polygon\" labelsEnabled=\"1\"", ParkStyle.qgisSymbology)
      }
    return """
        <maplayer \(kind)\(layer.scales)>
          <id>\(layer.id)</id>
          <datasource>./\(layer.source)</datasource>
          <layername>\(layer.name)</layername>
          <srs>
      \(Self.reference(layer.crs))
          </srs>
          <provider\(layer.isVector ? " encoding=\"UTF-8\"" : "" as Markup)>\(layer.provider)</provider>
      \(symbology)
        </maplayer>
      """
  }
}

extension QGISProject.Layer {
  /// QGIS takes a dot for 1/96 inch, and names the scales by their denominators.
  fileprivate var scales: Markup {
    finest.map { finest in
      let least = (finest / (0.0254 / 96)).rounded(.up)
      return """
         hasScaleBasedVisibilityFlag="1" minScale="1e+12" maxScale="\(least.shortened(decimals: 0))"
        """
    } ?? ""
  }

  fileprivate var isVector: Bool {
    if case .parks = content { true } else { false }
  }

  fileprivate var provider: String { isVector ? "ogr" : "gdal" }
}
