import CSystem
import Foundation
package import RasterCore

/// Threads whose start may fail, where a process may have no more of them: those of Foundation then never
/// run, and who waits for them waits for ever.
package enum SystemThread {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Addresses that a thread takes.
  package static let stackBytes = 8 << 20

  /// - Throws: `.cannotWrite`: `threads-too-few`, `memory-too-small`.
  package static func start(_ body: @escaping @Sendable () -> Void) throws(HabitatError) {
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe _ = pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setstacksize(&attributes, stackBytes)
    unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let context = unsafe Unmanaged.passRetained(Body(body))
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, &attributes,
      { context in
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    guard status != 0 else { return }
    unsafe context.release()
    throw failure(status)
  }

  /// The system gives the same reason for both.
  private static func failure(_ status: Int32) -> HabitatError {
    let reason = unsafe String(cString: strerror(status))
    guard hasRoomForStack else {
      return HabitatError(
        .cannotWrite, "memory-too-small", "there is no memory for another thread: \(reason)",
        at: "ulimit -v, ulimit -d", fix: "allow more, or fewer --threads")
    }
    return HabitatError(
      .cannotWrite, "threads-too-few", "the system starts no more threads: \(reason)",
      at: "ulimit -u, or the limit on processes of the container",
      fix: "allow more, or end other programs of this user")
  }

  private static var hasRoomForStack: Bool {
    let length = stackBytes + (64 << 10)
    let place = unsafe mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let place = unsafe place, unsafe place != MAP_FAILED else { return false }
    unsafe munmap(place, length)
    return true
  }
}
