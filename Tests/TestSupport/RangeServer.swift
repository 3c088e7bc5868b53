import Foundation
import Synchronization

/// A server of HTTP on a port of this machine, with files in memory, that gives whole files and ranges of them.
public final class RangeServer: Sendable {
  public struct Request: Hashable, Sendable {
    public let method: String
    public let path: String
    /// `nil` where the whole file is asked for.
    public let range: Range<Int>?
    /// As they came, without the first line.
    public let headers: String
  }

  /// What is done instead of answering.
  public enum Fault: Hashable, Sendable {
    case status(Int)
    /// Half of the body, then the end of the connection.
    case short
    /// The file with another tag, every byte the next higher one.
    case exchanged
    /// The whole file, as servers do that know no ranges.
    case whole
    case signIn
  }

  private let socket: Int32
  private let files: [String: [UInt8]]
  private let fault: @Sendable (Int, Request) -> Fault?
  private let log = Mutex<[Request]>([])
  /// `http://127.0.0.1:…`, without a slash at the end.
  public let address: String

  public var requests: [Request] { log.withLock { $0 } }

  /// - Parameters:
  ///   - files: by path, from the slash on.
  ///   - fault: told the number of the request, from 1.
  public init?(
    _ files: [String: [UInt8]],
    fault: @escaping @Sendable (Int, Request) -> Fault? = { _, _ in nil }
  ) {
    (self.files, self.fault) = (files, fault)
    guard let port = LoopbackPort(waiting: 64) else { return nil }
    (socket, address) = (port.socket, "http://" + port.address)
    Thread.detachNewThread { [self] in
      while true {
        let connection = accept(socket, nil, nil)
        guard connection >= 0 else { return }
        Thread.detachNewThread { [self] in
          serve(connection)
          close(connection)
        }
      }
    }
  }

  /// Ends it; connections that are open end when their client does.
  public func stop() {
    shutdown(socket, Int32(SHUT_RDWR))
    close(socket)
  }

  private func serve(_ connection: Int32) {
    while let text = Self.head(of: connection) {
      let lines = text.components(separatedBy: "\r\n")
      let words = lines[0].split(separator: " ")
      guard words.count == 3 else { return }
      let request = Request(
        method: String(words[0]), path: String(words[1]),
        range: lines.lazy.compactMap(Self.range).first,
        headers: lines.dropFirst().joined(separator: "\n"))
      let number = log.withLock { log in
        log.append(request)
        return log.count
      }
      guard answer(request, fault(number, request), on: connection) else { return }
    }
  }

  /// - Returns: whether the connection goes on.
  private func answer(_ request: Request, _ fault: Fault?, on connection: Int32) -> Bool {
    func send(
      _ status: String, _ headers: [String], _ body: [UInt8], sent: Int? = nil
    ) -> Bool {
      let head =
        (["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers)
        .joined(separator: "\r\n") + "\r\n\r\n"
      let bytes =
        Array(head.utf8) + (request.method == "HEAD" ? [] : body.prefix(sent ?? body.count))
      return Self.write(bytes, to: connection) && sent == nil
    }
    switch fault {
    case .status(let status): return send("\(status) Trouble", ["Retry-After: 0"], [])
    case .signIn: return send("200 OK", ["Content-Type: text/html"], Array("<html>".utf8))
    case .short, .exchanged, .whole, nil: break
    }
    guard var bytes = files[request.path] else { return send("404 Not Found", [], []) }
    var headers = ["ETag: \"a\"", "Content-Type: image/tiff"]
    if fault == .exchanged {
      headers[0] = "ETag: \"b\""
      bytes = bytes.map { $0 &+ 1 }
    }
    guard let range = request.range, fault != .whole else { return send("200 OK", headers, bytes) }
    let given = range.clamped(to: 0..<bytes.count)
    guard !given.isEmpty else { return send("416 Range Not Satisfiable", headers, []) }
    headers.append(
      "Content-Range: bytes \(given.lowerBound)-\(given.upperBound - 1)/\(bytes.count)")
    let body = Array(bytes[given])
    return send("206 Partial Content", headers, body, sent: fault == .short ? body.count / 2 : nil)
  }

  private static func range(_ line: String) -> Range<Int>? {
    let start = "range: bytes="
    guard line.lowercased().hasPrefix(start) else { return nil }
    let numbers = line.dropFirst(start.count).split(separator: "-").compactMap { Int($0) }
    return numbers.count == 2 && numbers[0] <= numbers[1] ? numbers[0]..<numbers[1] + 1 : nil
  }

  private static func head(of connection: Int32) -> String? {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while !bytes.suffix(4).elementsEqual(Array("\r\n\r\n".utf8)) {
      guard unsafe recv(connection, &byte, 1, 0) == 1, bytes.count < 65536 else { return nil }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func write(_ bytes: [UInt8], to connection: Int32) -> Bool {
    unsafe bytes.withUnsafeBytes { bytes in
      var count = 0
      while count < bytes.count {
        let sent = unsafe send(
          connection, bytes.baseAddress.map { unsafe $0 + count }, bytes.count - count,
          Int32(MSG_NOSIGNAL))
        guard sent > 0 else { return false }
        count += sent
      }
      return true
    }
  }
}
