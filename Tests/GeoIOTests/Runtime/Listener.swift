import Foundation
import Testing

/// A port of this machine on which somebody listens; connections wait until they are counted.
struct Listener: ~Copyable {
  private let socket: Int32
  let address: String

  init() throws {
    socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let (socket, length) = (socket, size)
    let isBound = unsafe withUnsafeMutablePointer(to: &name) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
        unsafe bind(socket, name, length) == 0 && listen(socket, 8) == 0
          && getsockname(socket, name, &size) == 0
      }
    }
    try #require(isBound)
    address = "127.0.0.1:\(UInt16(bigEndian: name.sin_port))"
    _ = fcntl(socket, F_SETFL, O_NONBLOCK)
  }

  deinit { close(socket) }

  /// Connections since the last call.
  func count() -> Int {
    var count = 0
    while true {
      let connection = accept(socket, nil, nil)
      guard connection >= 0 else { return count }
      close(connection)
      count += 1
    }
  }
}
