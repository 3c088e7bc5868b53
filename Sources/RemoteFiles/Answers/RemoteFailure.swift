package import RasterCore

/// Why a range of a file on a server could not be had.
package struct RemoteFailure: Error, Hashable, Sendable {
  package enum Cause: Hashable, Sendable {
    /// There is no such file: HTTP 404 or 410.
    case missing
    /// The server answers and does not give it: HTTP's number and the server's word for it.
    case refused(Int, String)
    /// A page in place of the file, as those who ask for a sign-in send it.
    case page(String)
    /// No answer, or one that may be better later.
    case unavailable
    case certificate
    /// Another version than the one that was read before.
    case changed
    /// The server sends whole files only.
    case noRanges
    /// Nothing that another try could mend.
    case broken
    /// The network is not to be used, and the cache lacks this many bytes of the range.
    case offline(Int)
    /// The cache cannot be written.
    case cache
  }
  package let cause: Cause
  /// In words, for the end of a sentence.
  package let reason: String
  /// How long the server asks to be left alone, in seconds.
  package var retryAfter: Double?

  package init(_ cause: Cause, _ reason: String, retryAfter: Double? = nil) {
    (self.cause, self.reason, self.retryAfter) = (cause, reason, retryAfter)
  }

  /// - Parameter location: the file as its user calls it, without secrets.
  package func error(at location: String) -> HabitatError {
    let copy = "fetch the file and name the copy"
    return switch cause {
    case .missing:
      HabitatError(
        .input, "input-missing", "the server has no such file (\(reason))", at: location,
        fix: "check the address")
    case .refused, .page:
      HabitatError(
        .input, "source-refused", "the server does not give the file: \(reason)", at: location,
        fix:
          "check the address, for some servers say so of files that are not there; files that need an "
          + "account or a key are not read: \(copy)")
    case .unavailable:
      HabitatError(
        .unavailable, "source-unreachable", "the file on the network cannot be had: \(reason)",
        at: location, fix: "start again, which goes on from the cache; if it stays so, \(copy)")
    case .certificate:
      HabitatError(
        .input, "source-certificate", "the certificate of the server is not trusted: \(reason)",
        at: location,
        fix: "name the file of certificates that your network needs in \(Self.certificateVariable)")
    case .changed:
      HabitatError(
        .input, "input-changed", "the file was changed while the run read it: \(reason)",
        at: location, fix: "run again when nothing else writes to it")
    case .noRanges:
      HabitatError(
        .input, "source-no-ranges", "the server does not give parts of files: \(reason)",
        at: location, fix: copy)
    case .broken:
      HabitatError(
        .input, "source-refused", "the file cannot be fetched: \(reason)", at: location,
        fix: "check the address; if it is right, \(copy)")
    case .offline(let bytes):
      HabitatError(
        .input, "offline-missing",
        "the cache lacks \(bytes) bytes that are needed, and the network is not to be used\(reason)",
        at: location, fix: "run once with the network, with the same folder of the cache")
    case .cache:
      HabitatError(
        .cannotWrite, "cache-unwritable", "the cache cannot be written: \(reason)", at: location,
        fix: "name a folder with space in HABITAT_CACHE")
    }
  }

  /// What GDAL asks first is in force; curl's own variable is set on many machines.
  ///
  /// Source: GDAL, `cpl_http.cpp`: `GDAL_CURL_CA_BUNDLE`, then `CURL_CA_BUNDLE`, then `SSL_CERT_FILE`.
  private static let certificateVariable = Self.variableInForce { Environment.value(of: $0) != nil }

  static func variableInForce(isSet: (String) -> Bool) -> String {
    ["GDAL_CURL_CA_BUNDLE", "CURL_CA_BUNDLE"].first(where: isSet) ?? "SSL_CERT_FILE"
  }
}
