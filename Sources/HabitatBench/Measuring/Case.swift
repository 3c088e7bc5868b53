/// One whole run that is timed, and the floor that belongs to it.
struct Case: Sendable {
  let name: String
  /// What `--species` would be given.
  let species: String
  let speciesCount: Int
  let isAligned: Bool
  let compressor: Compressor
  let threads: Int
  /// The model of the peers' scripts instead of a built-in one.
  var usesPeersModel = false

  /// One species, the DEM in another CRS, the default compressor.
  static let standard = Case(
    name: "1 species, DEM in EPSG:4326", species: "leopard", speciesCount: 1, isAligned: false,
    compressor: .standard, threads: 2)

  static let all = [
    standard,
    Case(
      name: "1 species, DEM in EPSG:4326", species: "leopard", speciesCount: 1, isAligned: false,
      compressor: .deflate1, threads: 2),
    Case(
      name: "1 species, DEM on the grid", species: "leopard", speciesCount: 1, isAligned: true,
      compressor: .standard, threads: 2),
    Case(
      name: "1 species, DEM on the grid", species: "leopard", speciesCount: 1, isAligned: true,
      compressor: .deflate1, threads: 2),
    Case(
      name: "3 species, DEM in EPSG:4326", species: "all", speciesCount: 3, isAligned: false,
      compressor: .standard, threads: 2),
    Case(
      name: "3 species, DEM in EPSG:4326", species: "all", speciesCount: 3, isAligned: false,
      compressor: .deflate1, threads: 2),
    Case(
      name: "1 species, DEM in EPSG:4326", species: "leopard", speciesCount: 1, isAligned: false,
      compressor: .standard, threads: 1),
  ]

  /// The peers' job: as above with their model, at the compressions that they use.
  static let forPeers = [Compressor.deflate1, .deflate6].map { compressor in
    Case(
      name: "1 species, the peers' model", species: "leopard", speciesCount: 1, isAligned: false,
      compressor: compressor, threads: 2, usesPeersModel: true)
  }

  static let withPeers = all + forPeers

  func elevation(of landscape: BenchLandscape) -> String {
    isAligned ? landscape.alignedElevation : landscape.geographicElevation
  }

  func output(in landscape: BenchLandscape) -> String { landscape.folder + "/output" }
}
