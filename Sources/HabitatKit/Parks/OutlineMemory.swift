import GeoIO
import Machine
import RasterCore

/// What outlines take of the memory of a run.
///
/// All are kept until they are written beside the tables; on top of that the largest passes through three
/// hands, one after another: it is read and examined, measured on the grid, and written.
struct OutlineMemory: Hashable, Sendable {
  let size: OutlineSize

  /// Bytes of a vertex, measured on outlines of two and five million, and a tenth more.
  private enum PerVertex {
    static let kept = 16
    /// Where it is looked at whether edges meet.
    static let examined = 36
    /// Where GEOS does that,
    static let doubtful = 640
    /// and makes valid what is not.
    static let repaired = 1300
    static let measured = 32
    static let written = 52
    /// The file of all parks is made in memory.
    static let filed = 24
  }
  private static let perRing = 64
  private static let smallBytes = 16 << 20
  /// What edges contribute to cells is put together when it has grown to so much.
  private static let mostContributions = 24 << 20

  var isLarge: Bool { bytes(threads: 1) >= Self.smallBytes }

  /// For the whole run.
  var keptBytes: Int { size.vertices * PerVertex.kept + size.rings * Self.perRing }

  /// At the most, with all that is kept.
  func bytes(threads: Int) -> Int {
    let reading =
      max(
        size.readingBytes, size.doubtful * PerVertex.doubtful, size.invalid * PerVertex.repaired)
      + size.largest * PerVertex.examined
    let contributions = min(Self.mostContributions, 200 * size.largest)
    let measuring = threads * (size.largest * PerVertex.measured + contributions)
    let writing = size.vertices * PerVertex.filed + size.largest * PerVertex.written
    return keptBytes + max(reading, measuring, writing)
  }

  /// As many threads as may measure outlines at a time.
  func threads(_ asked: Int, within limits: MemoryLimits) -> Int {
    stride(from: asked, to: 1, by: -1).first { isWithin(limits, threads: $0) } ?? 1
  }

  /// Small ones are left to the plan, which knows what else there is.
  func isWithin(_ limits: MemoryLimits, threads: Int = 1) -> Bool {
    let bytes = bytes(threads: threads)
    return !isLarge
      || MemoryLimits.openBytes + bytes <= limits.resident
        && bytes <= limits.room(threads: threads)
  }

  /// - Throws: `.cannotWrite`, slug `memory-too-small`.
  func refuse(beyond limits: MemoryLimits) throws(HabitatError) {
    guard !isWithin(limits) else { return }
    let bytes = bytes(threads: 1)
    let vertices = Double(size.vertices).grouped(decimals: 0)
    throw limits.refusal(
      least: MemoryLimits.openBytes + bytes, growth: bytes,
      cause: "the outlines of the parks, \(vertices) vertices, take "
        + "\(MemoryLimits.mebibytes(bytes)) MB of it")
  }
}
