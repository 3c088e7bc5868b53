import CGDAL
import RasterCore

/// What GDAL said while a call ran.
final class FailureLog {
  fileprivate(set) var messages: [String] = []
  fileprivate(set) var warnings: [String] = []
  /// What a decoder of JPEG warned of: libtiff goes on past damage, with grey.
  fileprivate(set) var damage: [String] = []
  /// The system gave no more memory.
  fileprivate(set) var isOutOfMemory = false

  /// Whether a call that read cells succeeded, and no decoder went on past damage.
  func isWhole(_ result: CPLErr) -> Bool { result == CE_None && damage.isEmpty }

  /// What happened, with as much of GDAL's own words as people read: it quotes whole queries and files.
  fileprivate func sentence(_ what: String) -> String {
    let said = (messages + damage).joined(separator: "; ").shortened(to: 300)
    return said.isEmpty ? what : "\(what) (GDAL: \(said))"
  }

  fileprivate func note(_ severity: CPLErr, _ number: Int32, _ text: String) {
    if number == CPLE_OutOfMemory { isOutOfMemory = true }
    if severity.rawValue >= CE_Failure.rawValue {
      messages.append(text)
    } else if severity == CE_Warning {
      warnings.append(text)
      if text.contains("JPEGLib") { damage.append(text) }
    }
  }
}

/// Runs `call` and throws what GDAL reported if it returns `nil`.
///
/// Some drivers report failures and still succeed; those messages are passed on as warnings.
/// GDAL stacks handlers per thread: `call` cannot suspend, so push and pop meet on one thread.
///
/// - Parameter what: a sentence of our own, before what GDAL says.
func reportingFailures<Value: ~Copyable>(
  _ kind: HabitatError.Kind, _ slug: String, _ what: String? = nil, at location: String,
  fix: String, _ call: (FailureLog) -> Value?
) throws(HabitatError) -> Value {
  let log = FailureLog()
  _ = RemoteSources.takeFailure()
  unsafe CPLPushErrorHandlerEx(
    { severity, number, text in
      guard let text = unsafe text else { return }
      let log = unsafe Unmanaged<FailureLog>.fromOpaque(CPLGetErrorHandlerUserData())
      unsafe log.takeUnretainedValue().note(severity, number, String(cString: text))
    }, Unmanaged.passUnretained(log).toOpaque())
  let value = call(log)
  CPLPopErrorHandler()
  // Whatever GDAL says: with bytes that it lacked it may have made a value all the same.
  if let failure = RemoteSources.takeFailure() { throw failure }
  guard let value else {
    if log.isOutOfMemory {
      throw HabitatError(
        .cannotWrite, "memory-too-small", log.sentence("the system gave no more memory"),
        at: location, fix: "allow more (ulimit -v, ulimit -d, the container), or use a simpler file"
      )
    }
    throw HabitatError(kind, slug, log.sentence(what ?? kind.sentence), at: location, fix: fix)
  }
  for message in log.messages { unsafe habitat_warn(message) }
  return value
}

extension HabitatError.Kind {
  /// What a failure means where nothing more is known.
  fileprivate var sentence: String {
    switch self {
    case .input: "the file cannot be read"
    case .cannotWrite: "the file cannot be written"
    default: "it cannot be done"
    }
  }
}
