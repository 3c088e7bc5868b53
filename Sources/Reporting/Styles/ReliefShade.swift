/// How relief darkens what lies below it, in the report, on printed maps and in QGIS alike.
public enum ReliefShade {
  /// The least share of its light that a colour keeps. Less would move colours of the legends so far that
  /// another one is nearer, as sRGB measures it and as the eye does (CIELAB).
  public static let darkest = 0.9
}
