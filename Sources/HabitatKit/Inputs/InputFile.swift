import Foundation
import GeoIO
import RasterCore
import Synchronization

/// A file that a run reads.
struct InputFile: Hashable, Sendable {
  /// Called as on the command line, or `outputLayer`.
  let layer: String
  /// As given.
  let path: String

  /// The layer of files that a run has made.
  static let outputLayer = "output"

  /// A file with what it held.
  struct Record: Hashable, Sendable {
    let file: InputFile
    let bytes: Int
    let sha256: String

    /// The same under another name.
    func named(_ path: String) -> Record {
      Record(file: InputFile(layer: file.layer, path: path), bytes: bytes, sha256: sha256)
    }
  }

  /// - Throws: `.input`, slug `input-missing`, when the file cannot be read to its end.
  func record() throws(HabitatError) -> Record {
    var hash = SHA256()
    var count = 0
    let isWhole = FileSystem.read(path) { bytes in
      hash.update(bytes)
      count += bytes.count
    }
    guard isWhole else {
      throw HabitatError(
        .input, "input-missing", "the file cannot be read to its end", at: "\(layer): \(path)",
        fix: "check that it is there and whole")
    }
    return Record(file: self, bytes: count, sha256: hash.hexDigest())
  }
}

/// Digests of files, computed on a thread of their own beside the work.
final class InputDigests: Sendable {
  private let result = Mutex<Result<[InputFile.Record], HabitatError>?>(nil)
  private let done = DispatchSemaphore(value: 0)

  init(of files: [InputFile]) {
    let thread = Thread { [self] in
      let records = Result { () throws(HabitatError) in
        var records: [InputFile.Record] = []
        for file in files { records.append(try file.record()) }
        return records
      }
      result.withLock { $0 = records }
      done.signal()
    }
    thread.start()
  }

  /// Waits until all files are read.
  ///
  /// - Throws: `.input`, slug `input-missing`.
  func records() throws(HabitatError) -> [InputFile.Record] {
    done.wait()
    done.signal()
    return try result.withLock { $0! }.get()
  }
}
