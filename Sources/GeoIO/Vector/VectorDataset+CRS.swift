import CGDAL
import Documents
import Foundation
import RasterCore

extension VectorDataset {
  /// `nil` where the file has none, or none that can be read.
  func crs(of layer: OGRLayerH) -> CoordinateReferenceSystem? {
    guard unreadableCRS == nil else { return nil }
    return unsafe OGR_L_GetSpatialRef(layer).flatMap { unsafe SpatialReference(copying: $0).value }
  }

  /// What the layer's CRS is where it is none that features can lie in.
  func unsuitableCRS(of layer: OGRLayerH) -> String? {
    guard unreadableCRS == nil, let reference = unsafe OGR_L_GetSpatialRef(layer)
    else { return nil }
    let copy = unsafe SpatialReference(copying: reference)
    return copy.value == nil ? copy.obstacle : nil
  }

  /// What a GeoJSON file says in place of a CRS: GDAL takes longitude and latitude where it understands nothing.
  ///
  /// `null` is no word for another CRS: RFC 7946 knows none.
  ///
  /// Source: the GeoJSON Format Specification, 16 June 2008, section 3; its `type`s of earlier drafts.
  var unreadableCRS: String? {
    guard let bytes = text?.members[.crs] else { return nil }
    let member = String(decoding: bytes, as: UTF8.self)
    if member.hasPrefix("n") { return nil }
    guard let name = Self.crsName(in: member), SpatialReference(userInput: name) != nil else {
      return member.split(whereSeparator: \.isNewline).joined(separator: " ").shortened(to: 120)
    }
    return nil
  }

  private static func crsName(in member: String) -> String? {
    guard let value = JSONValue(json5: Data(member.utf8)),
      case .object(let members) = value, case .string(let type)? = members["type"],
      case .object(let properties)? = members["properties"]
    else { return nil }
    switch (type.lowercased(), properties["name"], properties["code"], properties["urn"]) {
    case ("name", .string(let name), _, _): return name
    case ("epsg", _, .string(let code), _): return "EPSG:" + code
    case ("epsg", _, .number(let code), _): return "EPSG:" + code.formatted(decimals: 0)
    case ("ogc", _, _, .string(let name)): return name
    default: return nil
    }
  }
}

extension [JSONValue.Member] {
  subscript(key: String) -> JSONValue? { last { $0.key == key }?.value }
}
