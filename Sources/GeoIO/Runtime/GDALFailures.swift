import CGDAL
import RasterCore

/// What GDAL said while a call ran.
final class FailureLog {
  fileprivate(set) var messages: [String] = []
}

/// Runs `call` and throws what GDAL reported if it returns `nil`.
///
/// Some drivers report failures and still succeed; those messages are passed on as warnings.
/// GDAL stacks handlers per thread: `call` cannot suspend, so push and pop meet on one thread.
func reportingFailures<Value: ~Copyable>(
  _ kind: HabitatError.Kind, _ slug: String, at location: String, fix: String,
  _ call: (FailureLog) -> Value?
) throws(HabitatError) -> Value {
  let log = FailureLog()
  unsafe CPLPushErrorHandlerEx(
    { severity, _, text in
      guard severity.rawValue >= CE_Failure.rawValue, let text = unsafe text else { return }
      let log = unsafe Unmanaged<FailureLog>.fromOpaque(CPLGetErrorHandlerUserData())
      unsafe log.takeUnretainedValue().messages.append(String(cString: text))
    }, Unmanaged.passUnretained(log).toOpaque())
  let value = call(log)
  CPLPopErrorHandler()
  guard let value else {
    let what = log.messages.isEmpty ? "GDAL gave no result" : log.messages.joined(separator: "; ")
    throw HabitatError(kind, slug, what, at: location, fix: fix)
  }
  for message in log.messages { unsafe habitat_warn(message) }
  return value
}
