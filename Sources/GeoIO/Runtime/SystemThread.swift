import CGDAL
import Foundation
public import RasterCore

/// Threads whose start may fail, where a process may have no more of them: those of Foundation then never
/// run, and who waits for them waits for ever.
public enum SystemThread {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// - Throws: `.cannotWrite`, slug `threads-too-few`.
  public static func start(_ body: @escaping @Sendable () -> Void) throws(HabitatError) {
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe _ = pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setstacksize(&attributes, 8 << 20)
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
    throw HabitatError(
      .cannotWrite, "threads-too-few",
      "the system starts no more threads: \(unsafe String(cString: strerror(status)))",
      at: "ulimit -u, ulimit -v", fix: "allow more, or end other programs of this user")
  }
}
