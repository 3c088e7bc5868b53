import Foundation

/// An open file of the cache.
final class CacheFile: Sendable {
  private let descriptor: Int32

  /// Makes the file where it is not there; `nil` where that is not allowed, or it cannot be opened.
  init?(_ path: String) {
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return nil }
  }

  deinit { close(descriptor) }

  var byteCount: Int {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  func resize(to count: Int) -> Bool { ftruncate(descriptor, off_t(count)) == 0 }

  /// What there is of a range, which is less of it where the file ends before.
  func bytes(in range: Range<Int>) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      while count < range.count {
        let read = unsafe pread(
          descriptor, buffer.baseAddress.map { unsafe $0 + count }, range.count - count,
          off_t(range.lowerBound + count))
        if read < 0, errno == EINTR { continue }
        guard read > 0 else { return }
        count += read
      }
    }
  }

  func write(_ bytes: [UInt8], at place: Int) -> Bool {
    unsafe bytes.withUnsafeBytes { bytes in
      var count = 0
      while count < bytes.count {
        let written = unsafe pwrite(
          descriptor, bytes.baseAddress.map { unsafe $0 + count }, bytes.count - count,
          off_t(place + count))
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { return false }
        count += written
      }
      return true
    }
  }

  /// Keeps other processes that ask for it out while `body` runs; the kernel lets go of it if this one is killed. Some
  /// network file systems have no locks: there, one goes without.
  func locked<Value>(_ body: () -> Value) -> Value {
    let isHeld = flock(descriptor, LOCK_EX) == 0
    defer { if isHeld { _ = flock(descriptor, LOCK_UN) } }
    return body()
  }
}
