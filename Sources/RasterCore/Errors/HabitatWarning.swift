/// Something that weakens a result without spoiling it; it is printed and kept in the manifest.
public struct HabitatWarning: Hashable, Sendable, CustomStringConvertible {
  /// Stable and documented, for example `layers-missing`.
  public let slug: String
  public let what: String
  public let location: String
  public let fix: String
  public init(_ slug: String, _ what: String, at location: String, fix: String) {
    (self.slug, self.what, self.location, self.fix) = (slug, what, location, fix)
  }
  public var description: String {
    "warning[\(slug)]: \(what.shown)\n  where: \(location.shown)\n  fix:   \(fix.shown)"
  }
}
