public import RasterCore

/// What each code of a land-cover raster becomes while its tiles are laid over one another.
public struct CodeTable: Sendable {
  /// Of the codes 0…255.
  let bytes: [UInt8]
  /// Of any code.
  public let state: @Sendable (Int) -> LandState

  public init(_ state: @escaping @Sendable (Int) -> LandState) {
    bytes = (0...255).map { state($0).rawValue }
    self.state = state
  }
}
