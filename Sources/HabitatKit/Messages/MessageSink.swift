import RasterCore

/// Where the steps that prepare inputs say what they find.
///
/// One and the same step serves a run, which ends at the first error, and a check, which goes on with what is left and
/// reports them all. `Stop` is what an error throws: `HabitatError` from a sink of a run, `Never` from one of a check,
/// so that the compiler knows which steps end early.
///
/// A class, for all steps of one preparation speak to it; owned by one thread.
final class MessageSink<Stop: Error> {
  /// Each once, in the order in which they were told.
  private(set) var errors: [HabitatError] = []
  private(set) var warnings: [HabitatWarning] = []
  private let stop: (HabitatError) throws(Stop) -> Void

  private init(stop: @escaping (HabitatError) throws(Stop) -> Void) { self.stop = stop }

  func refuse(_ error: HabitatError) throws(Stop) {
    if !errors.contains(error) { errors.append(error) }
    try stop(error)
  }

  func warn(_ warning: HabitatWarning?) {
    guard let warning, !warnings.contains(warning) else { return }
    warnings.append(warning)
  }

  func warn(_ warnings: [HabitatWarning]) { for warning in warnings { warn(warning) } }

  /// Says better what was said before, now that more is known, or no longer says it.
  func replace(_ slug: String, with warning: HabitatWarning?) {
    let place = warnings.firstIndex { $0.slug == slug }
    warnings.removeAll { $0.slug == slug }
    guard let warning, let place else { return }
    warnings.insert(warning, at: place)
  }

  /// Runs a step.
  ///
  /// - Returns: `nil` where the step failed and the sink does not stop.
  func attempt<Value>(_ step: () throws(HabitatError) -> Value) throws(Stop) -> Value? {
    let failure: HabitatError
    do throws(HabitatError) { return try step() } catch { failure = error }
    try refuse(failure)
    return nil
  }
}

extension MessageSink<HabitatError> {
  /// Throws the first error.
  static func stopping() -> MessageSink {
    MessageSink { (error) throws(HabitatError) in throw error }
  }
}

extension MessageSink<Never> {
  /// Keeps all errors.
  static func collecting() -> MessageSink { MessageSink { _ in } }
}
