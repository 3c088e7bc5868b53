import CGDAL

/// A node of GDAL's tree of an XML document, borrowed from it.
@safe struct XMLNode {
  private let node: UnsafeMutablePointer<CPLXMLNode>

  init(_ node: UnsafeMutablePointer<CPLXMLNode>) { unsafe self.node = node }

  var name: String { unsafe String(cString: node.pointee.pszValue) }

  /// A document's outermost elements: beside the first, which may be its declaration (`<?xml …?>`), stand others.
  static func roots(of first: UnsafeMutablePointer<CPLXMLNode>) -> [XMLNode] {
    unsafe elements(from: first)
  }

  /// Those in this one.
  var elements: [XMLNode] {
    unsafe Self.elements(from: node.pointee.psChild)
  }

  private static func elements(from first: UnsafeMutablePointer<CPLXMLNode>?) -> [XMLNode] {
    var elements: [XMLNode] = []
    var next = unsafe first
    while let node = unsafe next {
      if unsafe node.pointee.eType == CXT_Element { unsafe elements.append(XMLNode(node)) }
      unsafe next = node.pointee.psNext
    }
    return elements
  }

  /// The path that an element inside holds, or this one where there is no name; that of a file beside the document
  /// where it says so.
  func path(in name: String, beside folder: String) -> String? {
    guard let text = text(of: name), !text.isEmpty else { return nil }
    let attribute = name.isEmpty ? "relativeToVRT" : name + ".relativeToVRT"
    guard self.text(of: attribute) == "1" else { return text }
    let raster = SubdatasetPath(text)
    let file = unsafe String(cString: CPLProjectRelativeFilename(folder, raster?.file ?? text))
    return raster?.inFile(file) ?? file
  }

  /// Of an attribute, or an element inside; of the node itself where there is no name.
  func text(of name: String) -> String? {
    unsafe CPLGetXMLValue(node, name, nil).map { unsafe String(cString: $0) }
  }
}
