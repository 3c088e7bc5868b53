extension DocumentNode {
  /// The member `key`, whose absence is a failure.
  ///
  /// - Parameters:
  ///   - members: those of this object.
  ///   - fix: by default to add it.
  public func required(
    _ key: String, in members: [String: DocumentNode], fix: String? = nil
  ) throws(Failure) -> DocumentNode {
    if let member = members[key] { return member }
    let place = with(.null, path: path.isEmpty ? key : "\(path).\(key)")
    throw place.failure(
      "\"\(key)\" is missing\(path.isEmpty ? "" : " in \(path)")", fix: fix ?? "add \(key)")
  }

  /// The texts of a list.
  public func strings() throws(Failure) -> [String] {
    var strings: [String] = []
    for element in try elements() { strings.append(try element.string()) }
    return strings
  }
}

/// The members of an object of a run's record or results, each of which must be there unless it is asked for as one
/// that may be absent.
public struct Required<Failure: Error>: Sendable {
  private let node: DocumentNode<Failure>
  private let members: [String: DocumentNode<Failure>]

  public init(_ node: DocumentNode<Failure>) throws(Failure) {
    self.node = node
    members = try node.members()
  }

  public subscript(key: String) -> DocumentNode<Failure> {
    get throws(Failure) {
      try node.required(key, in: members, fix: "run habitat score again with this version")
    }
  }

  /// A member that records of earlier versions lack.
  public func found(_ key: String) -> DocumentNode<Failure>? { members[key] }
}
