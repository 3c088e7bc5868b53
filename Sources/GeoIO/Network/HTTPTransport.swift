import CGDAL
import RemoteFiles

/// Carries requests for ranges by GDAL's HTTP client, so that the program needs no library of its own for it.
///
/// Source: GDAL 3.6, `cpl_http.cpp`. The options are the same in every request, for some of them stick to a connection
/// that is kept open; all that the environment could change in a request is given, or unset by `GeospatialLibraries`.
enum HTTPTransport {
  /// Lets a request pass where all others are refused; GDAL does not know it, and passes it on.
  static let permit = "HABITAT_READER"

  /// - Parameters:
  ///   - agent: the program that asks, as servers see it (the header User-Agent).
  ///   - policy: of which the limits of one try are kept here.
  static func transport(agent: String, policy: RetryPolicy = RetryPolicy()) -> RangeTransport {
    RangeTransport { request, address, connection in
      let options = [
        "PERSISTENT=habitat-\(connection)", "HEADERS=\(request.headers)",
        "MAX_FILE_SIZE=\(request.mostBytes)", "NETRC=NO", "UNSAFESSL=NO", "MAX_RETRY=0",
        "CONNECTTIMEOUT=\(Int(policy.connecting))", "LOW_SPEED_TIME=\(Int(policy.silence))",
        "LOW_SPEED_LIMIT=1", "USERAGENT=\(agent)", "\(permit)=YES",
      ]
      return reply(to: address.url, options)
    }
  }

  private static func reply(to url: String, _ options: [String]) -> RangeTransport.Reply {
    unsafe CPLPushErrorHandler(CPLQuietErrorHandler)
    defer {
      CPLPopErrorHandler()
      CPLErrorReset()
    }
    let result = unsafe withStringList(options) { list in
      unsafe CPLHTTPFetch(url, list)
    }
    defer { unsafe CPLHTTPDestroyResult(result) }
    guard let result = unsafe result?.pointee else {
      return RangeTransport.Reply(
        RemoteAnswer(clientCode: -1, message: "no answer", headers: [], byteCount: 0), body: [])
    }
    let count = unsafe Int(result.nDataLen)
    let body = unsafe result.pabyData.map { data in
      unsafe Array(UnsafeBufferPointer(start: data, count: count))
    }
    let bytes = body ?? []
    let answer = RemoteAnswer(
      clientCode: unsafe Int(result.nStatus),
      message: unsafe result.pszErrBuf.map { unsafe String(cString: $0) } ?? "",
      headers: unsafe strings(of: result.papszHeaders), byteCount: bytes.count,
      text: String(decoding: bytes.prefix(1000), as: UTF8.self))
    return RangeTransport.Reply(answer, body: bytes)
  }
}
