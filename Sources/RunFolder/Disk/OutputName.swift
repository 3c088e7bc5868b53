extension String {
  /// The sub-folder of an output's name.
  var subfolder: String? { firstIndex(of: "/").map { String(self[..<$0]) } }

  /// Whether it may be the name of an output: of the folder itself or of one sub-folder, visible.
  ///
  /// A record is a file that anybody may have written: what it lists must not lead elsewhere.
  package var isOutputName: Bool {
    let parts = split(separator: "/", omittingEmptySubsequences: false)
    return parts.count <= 2 && !utf8.contains(0)
      && parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") }
  }
}
