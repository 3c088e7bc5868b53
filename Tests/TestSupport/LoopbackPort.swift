import Foundation

/// A port of this machine on which somebody listens; who opens it closes it.
public struct LoopbackPort: Sendable {
  public let socket: Int32
  /// `127.0.0.1:…`
  public let address: String

  /// - Parameter waiting: connections that the kernel keeps until they are accepted.
  /// - Returns: `nil` where there is no port to be had.
  public init?(waiting: Int32) {
    let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let length = size
    let isBound = unsafe withUnsafeMutablePointer(to: &name) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
        unsafe bind(socket, name, length) == 0 && listen(socket, waiting) == 0
          && getsockname(socket, name, &size) == 0
      }
    }
    guard isBound else {
      close(socket)
      return nil
    }
    self.socket = socket
    address = "127.0.0.1:\(UInt16(bigEndian: name.sin_port))"
  }
}
