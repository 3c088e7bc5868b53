extension RasterStyle {
  /// Lines of value, red, green and blue: ArcGIS's colour map file and GRASS's and GDAL's colour rules
  /// (`gdaldem color-relief`, `r.colors rules=`, which take it as it is).
  public var clr: String {
    entries.map { entry in
      ([entry.value] + entry.colour.channels.map(String.init)).joined(separator: " ") + "\n"
    }.joined()
  }
}
