import CGDAL
import Foundation
public import RasterCore
import RemoteFiles

/// What the server of a file on the network tells of it, by one request for its first bytes, or the cache.
public enum RemoteFile: Hashable, Sendable {
  /// The file is there: its entity tag, date of change and length, as far as they are told.
  case found([String])
  /// It cannot be read, and nothing is tried any more.
  case failed(HabitatError)
  /// The server answers, but gives no such file: HTTP's number.
  case refused(Int)
  /// No answer, or one that may be better later: why.
  case silent(String)

  /// - Returns: `nil` where the path is not on the network, or of a kind that has no address.
  init?(_ path: String) {
    if let source = RemoteSources.source(in: path) {
      self.init(source, path)
      return
    }
    guard let address = Self.address(in: path) else { return nil }
    GeospatialLibraries.ready
    unsafe CPLPushErrorHandler(CPLQuietErrorHandler)
    defer { CPLPopErrorHandler() }
    // A server that knows no ranges would send the whole file.
    let options = ["HEADERS=Range: bytes=0-0", "MAX_FILE_SIZE=65536"]
    let result = unsafe withStringList(options) { unsafe CPLHTTPFetch(address, $0) }
    defer { unsafe CPLHTTPDestroyResult(result) }
    guard let result = unsafe result?.pointee else {
      self = .silent("no answer")
      return
    }
    let said = unsafe result.pszErrBuf.map { unsafe String(cString: $0) } ?? ""
    let (headers, status) = unsafe (strings(of: result.papszHeaders), result.nStatus)
    if let code = said.split(separator: ": ").last.flatMap({ Int($0) }),
      said.hasPrefix("HTTP error")
    {
      self = code >= 500 || code == 429 ? .silent("HTTP \(code)") : .refused(code)
    } else if status == 0 || status == Self.tooLarge {
      self = .found(Self.identity(headers))
    } else {
      self = .silent(said)
    }
  }

  private init(_ source: RemoteSource, _ path: String) {
    GeospatialLibraries.ready
    do throws(RemoteFailure) {
      let version = try source.version()
      // What fails later fails for good, whatever the cache holds.
      if let failure = source.failure { throw failure }
      self = .found([version.etag, version.lastModified, String(version.byteCount)])
    } catch {
      self = .failed(error.error(at: RemoteAddress.withoutSecrets(path)))
    }
  }

  /// libcurl's number of a file larger than asked for.
  private static let tooLarge: Int32 = 63

  private static func identity(_ headers: [String]) -> [String] {
    func value(_ name: String) -> String? {
      headers.first { $0.lowercased().hasPrefix(name.lowercased() + "=") }
        .map { String($0.dropFirst(name.count + 1)) }
    }
    // "bytes 0-0/12345"
    let length =
      value("Content-Range")?.split(separator: "/").last.map(String.init) ?? value("Content-Length")
    return [value("ETag"), value("Last-Modified"), length].map { $0 ?? "" }
  }

  /// The address behind a path, that of the archive where the file lies in one.
  static func address(in path: String) -> String? {
    if let address = RemoteSources.address(in: path) { return address.url }
    let systems = ["/vsis3/", "/vsigs/", "/vsiaz/", "/vsiadls/", "/vsioss/", "/vsiswift/"]
    guard
      let start = systems.compactMap({ path.range(of: $0)?.lowerBound }).min()
    else { return nil }
    GeospatialLibraries.ready
    unsafe CPLPushErrorHandler(CPLQuietErrorHandler)
    defer { CPLPopErrorHandler() }
    let place = String(path[start...]).endingAfterArchive
    guard let signed = unsafe VSIGetSignedURL(place, nil) else { return nil }
    defer { unsafe VSIFree(signed) }
    return unsafe String(cString: signed)
  }
}
