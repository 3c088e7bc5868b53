// swift-tools-version: 6.2
import PackageDescription

/// One list for every target, so that the compiler keeps the rules of the house: no C type in public
/// API, `unsafe` at every touch of a pointer, `any` spelled out.
let settings: [SwiftSetting] =
  [.swiftLanguageMode(.v6), .strictMemorySafety()]
  + ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]
  .map { .enableUpcomingFeature($0) }

func library(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

func program(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []
) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
    swiftSettings: settings)
}

let package = Package(
  name: "habitat",
  products: [
    .executable(name: "habitat", targets: ["HabitatCLI"]),
    .executable(name: "habitat-bench", targets: ["HabitatBench"]),
    .executable(name: "habitat-demo-landscape", targets: ["DemoLandscapeCLI"]),
    // The door, and the rooms of the values that it hands out.
    .library(
      name: "HabitatKit",
      targets: ["HabitatKit", "Documents", "RasterCore", "RasterLoader", "Reclassification"]),
  ],
  targets: [
    .systemLibrary(name: "CGDAL", pkgConfig: "gdal", providers: [.apt(["libgdal-dev"])]),
    .systemLibrary(name: "CSystem"),
    .systemLibrary(name: "CPROJ", pkgConfig: "proj", providers: [.apt(["libproj-dev"])]),

    library("RasterCore", []),
    library("Documents", []),
    library("Machine", ["CSystem", "RasterCore"]),
    library("Patches", []),
    library("CostDistance", ["Documents", "RasterCore"]),
    library("Circuits", ["RasterCore"]),
    library("Networks", []),
    library(
      "TiledProducts", ["Documents", "RasterCore"],
      resources: [.embedInCode("Resources/Products"), .embedInCode("Resources/Tiles")]),
    library("RemoteFiles", ["Documents", "Machine", "RasterCore"]),
    library("GeoIO", ["CGDAL", "CPROJ", "Documents", "Machine", "RasterCore", "RemoteFiles"]),
    library("GroundGeometry", ["GeoIO", "RasterCore", "ZonalStatistics"]),
    library(
      "RasterLoader", ["Documents", "GeoIO", "GroundGeometry", "Machine", "Patches", "RasterCore"]),
    library(
      "Reclassification", ["Documents", "RasterCore"],
      resources: [.embedInCode("Resources/Legends"), .embedInCode("Resources/Species")]),
    library("ZonalStatistics", ["RasterCore"]),
    .target(
      name: "Styles", dependencies: ["Documents", "RasterCore"], path: "styles",
      resources: [
        .embedInCode("land_categories.csv"), .embedInCode("limiting_factors.csv"),
        .embedInCode("resistance.csv"), .embedInCode("score.csv"),
        .embedInCode("suitability_classes.csv"), .embedInCode("water.csv"),
        .embedInCode("water_blocks.csv"),
      ], swiftSettings: settings),
    library(
      "Reporting", ["Documents", "RasterCore", "Styles"],
      resources: [
        .embedInCode("Resources/Published"), .embedInCode("Resources/Report"),
        .embedInCode("Resources/Wording"),
      ]),
    library("RunFolder", ["Documents", "GeoIO", "Machine", "RasterCore"]),
    library(
      "HabitatKit",
      [
        "Documents", "GeoIO", "GroundGeometry", "Machine", "RasterCore", "RasterLoader",
        "Reclassification", "Reporting", "RunFolder", "Styles", "ZonalStatistics",
      ]),
    program(
      "HabitatCLI", ["Documents", "GeoIO", "HabitatKit", "Machine", "RasterCore"],
      resources: [.embedInCode("Resources/Words")]),
    program(
      "HabitatBench",
      [
        "Documents", "GeoIO", "HabitatKit", "RasterCore", "RasterLoader", "Reclassification",
        "ZonalStatistics",
      ]),
    library("DemoLandscape", ["GeoIO", "RasterCore"]),
    program("DemoLandscapeCLI", ["DemoLandscape", "RasterCore"]),

    .target(
      name: "TestSupport", dependencies: ["GeoIO", "RasterCore"], path: "Tests/TestSupport",
      swiftSettings: settings),
    tests("RasterCore", []),
    tests("Documents", []),
    tests("GroundGeometry", ["GeoIO", "RasterCore", "ZonalStatistics"]),
    tests("Machine", ["GeoIO", "RasterCore"]),
    tests("Patches", []),
    tests("CostDistance", ["GeoIO", "RasterCore"]),
    tests("Circuits", ["RasterCore"]),
    tests("Networks", []),
    tests("TiledProducts", ["RasterCore"]),
    tests("RemoteFiles", ["Machine", "RasterCore"]),
    tests("GeoIO", ["Documents", "RasterCore"]),
    tests("RasterLoader", ["GeoIO", "RasterCore"]),
    tests("Reclassification", ["Documents", "RasterCore"]),
    tests("ZonalStatistics", ["RasterCore"]),
    tests("Reporting", ["Documents", "RasterCore", "Styles"]),
    tests("RunFolder", ["Documents", "GeoIO", "RasterCore"]),
    tests("DemoLandscape", ["Documents", "GeoIO", "RasterCore"]),
    tests("HabitatCLI", ["Documents", "GeoIO", "RasterCore"]),
    tests(
      "HabitatKit",
      [
        "Documents", "GeoIO", "GroundGeometry", "Machine", "RasterCore", "Reclassification",
        "RunFolder", "ZonalStatistics",
      ]),
    // As somebody else's program: `public` is all that it sees.
    .testTarget(
      name: "LibraryClientTests", dependencies: ["HabitatKit", "RasterCore"], packageAccess: false,
      swiftSettings: settings),
  ]
)
