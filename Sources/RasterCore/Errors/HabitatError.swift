/// A failure the reader can act on.
public struct HabitatError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The family of a failure; the command line turns it into an exit code.
  public enum Kind: Sendable {
    case usage, input, unmetQuality, cannotWrite, fault, interrupted
    /// What may work when it is tried again.
    case unavailable
  }
  public let kind: Kind
  /// Stable and documented, for example `crs-missing`.
  public let slug: String
  public let what: String
  public let location: String
  public let fix: String
  public init(_ kind: Kind, _ slug: String, _ what: String, at location: String, fix: String) {
    (self.kind, self.slug, self.what) = (kind, slug, what)
    (self.location, self.fix) = (location, fix)
  }
  public var description: String {
    "error[\(slug)]: \(what.shown)\n  where: \(location.shown)\n  fix:   \(fix.shown)"
  }

  /// Of a document that people or programs wrote, for readers of documents.
  @Sendable public static func inDocument(
    _ slug: String, _ what: String, _ location: String, _ fix: String
  ) -> HabitatError {
    HabitatError(.input, slug, what, at: location, fix: fix)
  }
}

extension HabitatError {
  /// What is thrown where a user has stopped the run.
  public static let interrupted = HabitatError(
    .interrupted, "interrupted", "the run was stopped", at: "habitat",
    fix: "start it again; nothing was written")
}
