/// What carries a request to a server: a value that is passed in, so that all else is tested without a network.
package struct RangeTransport: Sendable {
  /// What has come for one try.
  package struct Reply: Sendable {
    package let answer: RemoteAnswer
    package let body: [UInt8]

    package init(_ answer: RemoteAnswer, body: [UInt8]) {
      (self.answer, self.body) = (answer, body)
    }
  }

  /// The connection is counted from 0; no two requests have one at the same time.
  package let send:
    @Sendable (_ request: RangeRequest, _ address: RemoteAddress, _ connection: Int) -> Reply

  package init(
    _ send:
      @escaping @Sendable (
        _ request: RangeRequest, _ address: RemoteAddress, _ connection: Int
      ) -> Reply
  ) {
    self.send = send
  }
}
