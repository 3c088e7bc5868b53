import RasterCore
import RasterLoader

/// Distances of a window's cells in metres; empty where no model asks for them.
struct DistanceBlock: Sendable {
  fileprivate(set) var roads: [Float] = []
  fileprivate(set) var settlements: [Float] = []
}

/// Measures both distances; owned by one thread.
struct DistanceSamplers: ~Copyable {
  private var roads: DistanceSampler?
  private var settlements: DistanceSampler?

  init(_ layers: DistanceLayers) throws(HabitatError) {
    // No `map`: it does not take what cannot be copied.
    if let source = layers.roads { roads = try DistanceSampler(source) } else { roads = nil }
    if let source = layers.settlements {
      settlements = try DistanceSampler(source)
    } else {
      settlements = nil
    }
  }

  /// Makes room for the cells of `window`.
  func prepare(_ block: inout DistanceBlock, for window: Window) {
    if roads != nil { block.roads.grow(to: window.cellCount) }
    if settlements != nil { block.settlements.grow(to: window.cellCount) }
  }

  mutating func sample(_ window: Window, into block: inout DistanceBlock) {
    prepare(&block, for: window)
    roads?.sample(window, into: &block.roads)
    settlements?.sample(window, into: &block.settlements)
  }
}

extension [Float] {
  fileprivate mutating func grow(to count: Int) {
    if self.count < count { self = [Float](repeating: .nan, count: count) }
  }
}
