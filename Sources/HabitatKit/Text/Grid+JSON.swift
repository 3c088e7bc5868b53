import Documents
import RasterCore

extension Grid {
  /// The grid as the manifest and the check record it.
  var json: JSONValue {
    .object([
      .init("crs", .string(crs.wkt)),
      .init("geotransform", .array(geotransform.coefficients.map { .number($0) })),
      .init("columns", .number(Double(columns))), .init("rows", .number(Double(rows))),
    ])
  }
}
