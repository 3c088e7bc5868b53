import Foundation

/// Real data sets with published or peer-computed results, kept beside the repository.
///
/// They are too large to be part of it: tests that read them are skipped where they are absent.
public enum SharedData {
  private static let folder: String = {
    let package = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return package.deletingLastPathComponent().appendingPathComponent("shared/data").path
  }()

  public static let isPresent = FileManager.default.fileExists(atPath: folder)

  /// For example `madagascar-pair/madElev.tif`.
  public static func path(_ name: String) -> String { folder + "/" + name }
}
