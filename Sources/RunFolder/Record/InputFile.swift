import Documents
import Foundation
import GeoIO
import Machine
package import RasterCore
import Synchronization

/// A file that a run reads.
package struct InputFile: Hashable, Sendable {
  /// Called as on the command line, or `outputLayer`.
  package let layer: String
  /// As given.
  package let path: String

  /// The layer of files that a run has made.
  package static let outputLayer = "output"

  package init(layer: String, path: String) { (self.layer, self.path) = (layer, path) }

  /// 0 where there is no such file.
  package var byteCount: Int {
    guard case .bytes(let count) = FileSystem.size(of: path) else { return 0 }
    return count
  }

  /// A file with what it held.
  package struct Record: Hashable, Sendable {
    package let file: InputFile
    /// Of the whole file.
    package let bytes: Int
    /// Of the whole file, or of the part that was read.
    package let sha256: String
    /// `nil` where the digest is that of the whole file.
    package let part: Part?

    package init(file: InputFile, bytes: Int, sha256: String, part: Part? = nil) {
      (self.file, self.bytes, self.sha256, self.part) = (file, bytes, sha256, part)
    }

    /// The same under another name.
    package func named(_ path: String) -> Record {
      Record(
        file: InputFile(layer: file.layer, path: path), bytes: bytes, sha256: sha256, part: part)
    }
  }

  /// What a run reads of a file on a server.
  package struct Part: Hashable, Sendable {
    /// In order, apart from one another. The digest is that of their bytes, one after another.
    package let ranges: [Range<Int>]
    /// What the server calls the version of the file, and when that was made; empty where it says neither.
    package let etag: String
    package let lastModified: String

    package init(ranges: [Range<Int>], etag: String = "", lastModified: String = "") {
      (self.ranges, self.etag, self.lastModified) = (ranges, etag, lastModified)
    }

    package var byteCount: Int { ranges.reduce(0) { $0 + $1.count } }
  }

  /// - Parameters:
  ///   - part: what is read of the file; all of it unless given.
  ///   - progress: told the bytes read since the last time; `false` stops it.
  /// - Throws: `.input`, when the file cannot be read to its end: `input-missing`, or `input-changed` where there was
  ///   less or more of it than before; `.unavailable`, slug `source-unreachable`; `.interrupted`.
  package func record(
    of part: Part? = nil, _ progress: (Int) -> Bool = { _ in true }
  ) throws(HabitatError) -> Record {
    var hash = SHA256()
    var count = 0
    let size = byteCount
    let expected = part?.byteCount ?? size
    var isStopped = false
    let isWhole = FileSystem.read(path, ranges: part?.ranges) { bytes in
      guard progress(bytes.count) else {
        isStopped = true
        return false
      }
      hash.update(bytes)
      count += bytes.count
      return true
    }
    if isStopped { throw .interrupted }
    if let error = RemoteSources.error(in: path, at: "\(layer): \(path)") { throw error }
    guard isWhole else {
      throw HabitatError(
        .input, "input-missing", "the file cannot be read to its end", at: "\(layer): \(path)",
        fix: "check that it is there and whole")
    }
    // GDAL takes a connection that breaks off for the end of a file.
    guard count == expected else {
      let what = "\(count) of \(expected) bytes could be read"
      if NetworkAccess.isRemote(path) { throw .unreachable(self, what) }
      throw HabitatError(
        .input, "input-changed", "the file was changed while the run read it: \(what)",
        at: "\(layer): \(path)", fix: "run again when nothing else writes to it")
    }
    return Record(file: self, bytes: size, sha256: hash.hexDigest(), part: part)
  }
}

extension HabitatError {
  package static func unreachable(_ file: InputFile, _ why: String) -> HabitatError {
    HabitatError(
      .unavailable, "source-unreachable", "the file on the network cannot be had: \(why)",
      at: "\(file.layer): \(file.path)",
      fix: "try again; if it stays so, fetch the file and name the copy")
  }
}

/// Digests of files, computed on a thread of their own beside the work.
package final class InputDigests: Sendable {
  private let result = Mutex<Result<[InputFile.Record], HabitatError>?>(nil)
  private let done = DispatchSemaphore(value: 0)
  private let bytesRead = Atomic<Int>(0)
  /// Of all files as they are before they are read.
  package let byteCount: Int

  /// - Parameter parts: of files of which not all is read, by path.
  package init(
    of files: [InputFile], parts: [String: InputFile.Part] = [:],
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    byteCount = files.reduce(0) { $0 + (parts[$1.path]?.byteCount ?? $1.byteCount) }
    do throws(HabitatError) {
      try SystemThread.start { [self] in
        finish(
          Result { () throws(HabitatError) in
            var records: [InputFile.Record] = []
            for file in files {
              records.append(
                try file.record(of: parts[file.path]) { bytes in
                  bytesRead.wrappingAdd(bytes, ordering: .relaxed)
                  return !isCancelled()
                })
            }
            return records
          })
      }
    } catch {
      finish(.failure(error))
    }
  }

  private func finish(_ records: Result<[InputFile.Record], HabitatError>) {
    result.withLock { $0 = records }
    done.signal()
  }

  /// Waits until all files are read.
  ///
  /// - Parameter progress: told the share read, 0…1, while there is waiting to do.
  /// - Throws: `.input`, slug `input-missing`; `.interrupted`.
  package func records(
    _ progress: (Double) -> Void = { _ in }
  ) throws(HabitatError) -> [InputFile.Record] {
    while done.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
      progress(Double(bytesRead.load(ordering: .relaxed)) / Double(max(byteCount, 1)))
    }
    done.signal()
    return try result.withLock { $0! }.get()
  }
}
