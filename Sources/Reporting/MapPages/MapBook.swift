public import RasterCore

/// Pages of maps as GDAL's PDF driver composes them, with layers to be switched and places to be read off.
///
/// Source: the driver's `pdfcomposition.xsd`, GDAL 3.6.
public struct MapBook: Sendable {
  /// A picture laid upon the page.
  public struct Picture: Sendable {
    /// A path that GDAL opens; it must last until the book is written.
    public let dataset: String
    /// In points.
    public let box: Extent
    public init(dataset: String, box: Extent) { (self.dataset, self.box) = (dataset, box) }
  }

  /// Vectors drawn upon the page.
  public struct Outlines: Sendable {
    public let dataset: String
    /// The name of its layer, in points; unique in the book, for programs list the layers of all pages.
    public let layer: String
    public init(dataset: String, layer: String) { (self.dataset, self.layer) = (dataset, layer) }
  }

  public struct Page: Sendable {
    /// For the list of layers and the bookmarks.
    public let name: String
    public let width: Int
    public let height: Int
    /// The part of the page that lies on the ground.
    public let frame: Extent
    /// Well-known text.
    public let crs: String
    /// Corners of the frame: on the page, and in the CRS.
    public let corners: [(page: Point, ground: Point)]
    public let suitability: Picture
    /// Darkens what lies under it.
    public let hillshade: Picture?
    public let parks: Outlines?
    /// A PDF file of one page, as are the next three: what is seen where nothing lies upon it.
    public let ground: String
    /// What lies under the parks and upon them.
    public let halos: String
    public let names: String
    public let furniture: String

    public init(
      name: String, width: Int, height: Int, frame: Extent, crs: String,
      corners: [(page: Point, ground: Point)], suitability: Picture, hillshade: Picture?,
      parks: Outlines?, ground: String, halos: String, names: String, furniture: String
    ) {
      (self.name, self.width, self.height, self.frame) = (name, width, height, frame)
      (self.crs, self.corners, self.suitability) = (crs, corners, suitability)
      (self.hillshade, self.parks, self.ground) = (hillshade, parks, ground)
      (self.halos, self.names, self.furniture) = (halos, names, furniture)
    }
  }

  let title: String
  let subject: String
  let pages: [Page]
  let wording: Wording

  public init(title: String, subject: String, pages: [Page], wording: Wording) {
    (self.title, self.subject, self.pages, self.wording) = (title, subject, pages, wording)
  }

  // MARK: The composition

  /// The driver's XML. No date is in it, so equal books are equal bytes.
  public var composition: String {
    let book: Markup = """
      <PDFComposition>
      <Metadata><Producer>habitat</Producer><Creator>habitat</Creator>\
      <Subject>\(subject)</Subject><Title>\(title)</Title></Metadata>
      <LayerTree displayOnlyOnVisiblePages="true">
      \(pages.enumerated().map(layers))</LayerTree>
      \(pages.enumerated().map(page))<Outline>
      \(pages.enumerated().map(bookmark))</Outline>
      </PDFComposition>

      """
    return book.source
  }

  private func layers(_ index: Int, _ page: Page) -> Markup {
    var keys = ["suitability"]
    if page.hillshade != nil { keys.append("hillshade") }
    if page.parks != nil { keys += ["parks", "names"] }
    let layers: [Markup] = keys.map {
      "<Layer id=\"\($0)\(index)\" name=\"\(wording["mappage.layer.\($0)"])\"/>"
    }
    return "<Layer id=\"map\(index)\" name=\"\(page.name)\">\(layers)</Layer>\n"
  }

  private func bookmark(_ index: Int, _ page: Page) -> Markup {
    """
    <OutlineItem name="\(page.name)"><Actions><GotoPageAction pageId="page\(index)"/></Actions>\
    </OutlineItem>

    """
  }

  private func page(_ index: Int, _ page: Page) -> Markup {
    let corners: [Markup] = page.corners.map { corner in
      """
      <ControlPoint x="\(exact: corner.page.x)" y="\(exact: corner.page.y)" \
      GeoX="\(exact: corner.ground.x)" GeoY="\(exact: corner.ground.y)"/>
      """
    }
    return """
      <Page id="page\(index)"><DPI>72</DPI><Width>\(page.width)</Width><Height>\(page.height)</Height>
      <Georeferencing><SRS>\(page.crs)</SRS>\
      <BoundingBox \(Self.sides(of: page.frame))/>\(corners)</Georeferencing>
      <Content><IfLayerOn layerId="map\(index)">
      <PDF dataset="\(page.ground)"/>
      \(layer("suitability", index, Self.raster(page.suitability, "Normal")))\
      \(page.hillshade.map { layer("hillshade", index, Self.raster($0, "Multiply")) } ?? "")\
      \(page.parks.map { parks($0, of: page, index) } ?? "")</IfLayerOn>
      <PDF dataset="\(page.furniture)"/>
      </Content></Page>

      """
  }

  private func layer(_ key: String, _ index: Int, _ content: Markup) -> Markup {
    "<IfLayerOn layerId=\"\(key)\(index)\">\(content)</IfLayerOn>\n"
  }

  /// In one piece: tiles would show their seams.
  private static func raster(
    _ picture: Picture, _ blending: Markup
  ) -> Markup {
    """
    <Raster dataset="\(picture.dataset)" \(sides(of: picture.box)) tileSize="16384">\
    <Compression method="DEFLATE" predictor="true"/>\
    <Blending function="\(blending)" opacity="1"/></Raster>
    """
  }

  private func parks(_ outlines: Outlines, of page: Page, _ index: Int) -> Markup {
    let colour = PDFFont.hex(Int(MapPage.outlineColour), digits: 6)
    let style = "PEN(c:#\(colour),w:\(MapPage.outlineWidth)pt);BRUSH(fc:#00000000)"
    let drawn: Markup = """
      <PDF dataset="\(page.halos)"/>\
      <Vector dataset="\(outlines.dataset)" layer="\(outlines.layer)" ogrStyleString="\(style)">\
      <LogicalStructure/></Vector>
      """
    return layer("parks", index, drawn)
      + layer("names", index, "<PDF dataset=\"\(page.names)\"/>")
  }

  private static func sides(of box: Extent) -> Markup {
    """
    x1="\(exact: box.minX)" y1="\(exact: box.minY)" x2="\(exact: box.maxX)" y2="\(exact: box.maxY)"
    """
  }
}

extension Markup.StringInterpolation {
  /// All digits of a number.
  fileprivate mutating func appendInterpolation(exact number: Double) {
    appendInterpolation(String(number))
  }
}
