import GeoIO
import RasterCore
import TestSupport
import Testing

/// What SQLite says of each function: *Deterministic SQL Functions*, *Date And Time Functions*.
@Suite("Conditions that say the same each time") struct ConditionTests {
  private static let parks = [
    NamedPolygon("1", "a", .box(1, 1, 2, 2)), NamedPolygon("2", "now", .box(4, 1, 5, 2)),
  ]

  @Test(
    "a function that may say another thing the next time is refused, in every format",
    arguments: [
      ("random()%2=0", "random()"), ("name = 'a' AND RANDOM () > 0", "random()"),
      ("\"random\"() > 0", "in quotes"), ("[random] () > 0", "in quotes"),
      ("length(hex(randomblob(2))) = 4", "randomblob()"),
      ("ogr_geocode('x') IS NULL", "ogr_geocode()"),
      ("last_insert_rowid() = 0", "last_insert_rowid()"), ("date('now') > '2020'", "'now'"),
      ("strftime('%Y', 'NOW') > '2020'", "'NOW'"), ("date((('now'))) > '2020'", "'now'"),
      ("datetime() > '2020'", "datetime()"), ("julianday( ) > 0", "julianday()"),
      ("strftime('%Y') > '2020'", "strftime()"), ("name < Current_Timestamp", "current_timestamp"),
      ("datetime(name, 'localtime') > ''", "'localtime'"),
    ], ["a.gpkg", "a.geojson"])
  func unsteady(case condition: (text: String, words: String), name: String) throws {
    try TemporaryFolder.with { folder in
      let path = folder.path(name)
      try Self.parks.write(
        to: path, crs: "EPSG:4326", driver: name.hasSuffix("gpkg") ? "GPKG" : "GeoJSON")
      let error = #expect(throws: HabitatError.self) {
        try PolygonLayer(reading: path, .init(condition: condition.text))
      }
      #expect(error?.slug == "bad-condition" && error?.kind == .input)
      #expect(error?.what.contains(condition.words) == true, "\(error?.what ?? "")")
    }
  }

  @Test(
    "what depends on the feature alone is a condition",
    arguments: [
      "name IN ('a')", "name IN('a', 'random()')", "(name = 'a')", "NOT (name = 'now')",
      "lower(name) = 'a' AND (1 = 1)", "name = 'a' AND date('2021-01-01') < '2022'",
      "strftime('%Y', '2021-05-01') = '2021' AND name <> 'now'", "CAST(fid AS INTEGER) = 1",
      "substr(name, 1, 1) = 'a'", "CASE WHEN (name = 'a') THEN (1) ELSE (0) END = 1",
      "name LIKE ('a%') OR (name = 'current_date')", "coalesce(nullif(name, ''), 'b') = 'a'",
      "fid BETWEEN (0) AND (1)",
    ])
  func steady(condition: String) throws {
    try TemporaryFolder.with { folder in
      try Self.parks.write(to: folder.path("a.gpkg"), crs: "EPSG:4326")
      let layer = try PolygonLayer(reading: folder.path("a.gpkg"), .init(condition: condition))
      #expect(layer.features.map(\.name) == ["a"])
    }
  }
}
