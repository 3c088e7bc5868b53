import RasterCore

extension ProcessWords {
  /// Refuses words that are not UTF-8: what stands in place of the bytes that make no letter would be the name of
  /// another file.
  ///
  /// - Throws: `.usage`, slug `name-unreadable`.
  static func refuseUnreadable() throws(HabitatError) {
    for index in 0..<Int(CommandLine.argc) {
      guard let word = unsafe CommandLine.unsafeArgv[index],
        unsafe String(validatingCString: word) == nil
      else { continue }
      throw HabitatError(
        .usage, "name-unreadable", "the word holds bytes that are no letters in UTF-8 (here �)",
        at: unsafe String(cString: word),
        fix: "rename the file or the folder, for example with convmv -t UTF-8, and name it anew")
    }
  }
}
