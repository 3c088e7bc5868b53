import CPROJ
import RasterCore
import Synchronization

/// The operation that PROJ chose to pass from one CRS to another, with what there is to know of the two.
///
/// To choose one PROJ searches its tables, which takes milliseconds, and a run asks for the same few dozens of
/// times: those that nobody uses are kept for whoever needs them next.
///
/// Sendable although PROJ's handles are not: only the one who took it uses it, until it is given back.
final class ChosenOperation: @unchecked Sendable {
  // Released in order of declaration: the operation before its context.
  private let operation: ProjOperation
  let isIdentity: Bool
  let reversesRings: Bool
  let sourceTurn: Double?
  private let way: Way
  private let context: ProjContext

  private struct Way: Hashable {
    let source: CoordinateReferenceSystem
    let target: CoordinateReferenceSystem
  }

  private static let spares = Mutex<[Way: [ChosenOperation]]>([:])
  /// Of one way, and ways: many threads do the same at a time, and few landscapes mix many CRSs.
  private static let (mostSpares, mostWays) = (8, 64)

  var handle: OpaquePointer { unsafe operation.handle }

  /// One that nobody else has.
  ///
  /// - Throws: `.input`, slug `no-transform`, when PROJ knows no way.
  static func take(
    from source: CoordinateReferenceSystem, to target: CoordinateReferenceSystem
  ) throws(HabitatError) -> ChosenOperation {
    let way = Way(source: source, target: target)
    if let spare = spares.withLock({ $0[way]?.popLast() }) { return spare }
    return try ChosenOperation(way)
  }

  /// To be called once, by the one who took it.
  func giveBack() {
    Self.spares.withLock { spares in
      if spares[way] == nil, spares.count >= Self.mostWays { return }
      guard spares[way, default: []].count < Self.mostSpares else { return }
      spares[way, default: []].append(self)
    }
  }

  private init(_ way: Way) throws(HabitatError) {
    let context = ProjContext()
    guard let operation = ProjOperation(from: way.source.wkt, to: way.target.wkt, in: context)
    else {
      throw .noTransform(from: way.source, to: way.target)
    }
    self.operation = operation
    isIdentity = way.source.isSame(as: way.target)
    reversesRings = way.source.isLeftHanded != way.target.isLeftHanded
    sourceTurn = way.source.turn
    self.way = way
    self.context = context
  }
}
