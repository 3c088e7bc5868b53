import GeoIO
package import RasterCore
import Synchronization

/// What a file must hold to be published.
enum OutputPromise: Sendable {
  /// What the program itself has had in its memory.
  case bytes(count: Int, sha256: String)
  /// Of what a library has written: looks at the file at a path, and throws where it is not what was meant.
  case content(@Sendable (String) throws(HabitatError) -> Void)
}

/// What the files of a run must hold, by name, and what has been read back.
///
/// Files are promised from several threads.
final class OutputPromises: Sendable {
  private struct State {
    var promises: [String: OutputPromise] = [:]
    var kept: [String: InputFile.Record] = [:]
  }

  private let state = Mutex(State())

  func add(_ promise: OutputPromise, for name: String) {
    state.withLock {
      $0.promises[name] = promise
      $0.kept[name] = nil
    }
  }

  /// Sorted by bytes.
  var names: [String] {
    state.withLock { $0.promises.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
  }

  /// - Throws: `.cannotWrite`, slug `write-failed`, where a file is not promised: a library has left it, and
  ///   could not remove it.
  func refuseOthers(_ names: [String], in folder: String) throws(HabitatError) {
    let known = state.withLock { Set($0.promises.keys) }
    guard let other = names.first(where: { !known.contains($0) }) else { return }
    throw .notWritten(
      "a file stays that is none of the results", reason: "it could not be removed",
      at: folder + "/" + other)
  }

  /// Reads a file back, once.
  ///
  /// - Throws: `.cannotWrite`, slug `write-failed`, where it does not hold what was promised.
  func record(of name: String, at path: String) throws(HabitatError) -> InputFile.Record {
    let (promise, kept) = state.withLock { ($0.promises[name], $0.kept[name]) }
    if let kept { return kept }
    guard let promise else { preconditionFailure("\(name) was promised") }
    do throws(HabitatError) {
      let record = try InputFile(layer: InputFile.outputLayer, path: path).record().named(name)
      switch promise {
      case .bytes(let count, let sha256):
        guard record.bytes == count, record.sha256 == sha256 else {
          throw .notAsMeant(
            "it has \(record.bytes) bytes of \(count)"
              + (record.bytes == count ? ", and other ones" : ""), path)
        }
      case .content(let proof): try proof(path)
      }
      state.withLock { $0.kept[name] = record }
      return record
    } catch {
      // An output that cannot be read is one that could not be written.
      throw error.kind == .input ? .notAsMeant(error.what, path) : error
    }
  }
}

extension HabitatError {
  /// What was read back is not what was written.
  package static func notAsMeant(_ reason: String, _ path: String) -> HabitatError {
    .notWritten("the file is not on the disk as it was written", reason: reason, at: path)
  }
}
