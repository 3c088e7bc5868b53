import Foundation
import TestSupport
import Testing

/// A port of this machine on which somebody listens; connections wait until they are counted.
struct Listener: ~Copyable {
  private let socket: Int32
  let address: String

  init() throws {
    let port = try #require(LoopbackPort(waiting: 8))
    (socket, address) = (port.socket, port.address)
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
