public import Documents
import RasterCore
import RasterLoader

extension CheckReport {
  /// The report for scripts; areas are km² with six decimals.
  public var json: JSONValue {
    .object([
      .init("landscape", .string(name)), .init("synthetic", .boolean(isSynthetic)),
      .init("inputs", .array(rasters.map(\.json))),
      .init("vectors", .array(vectors.map(\.json))),
      .init(
        "documents",
        .array(
          documents.map {
            .object([.init("layer", .string($0.layer)), .init("path", .string($0.path))])
          })),
      .init("derives_settlements", .boolean(derivesSettlements)),
      .init("land_cover", landCover.map(\.json) ?? .null),
      .init("elevation", elevation.map(\.json) ?? .null),
      .init("parks", parksJSON),
      .init("models", .array(models.map(\.json))),
      .init("grid", grid.map(\.json) ?? .null),
      .init("cost", cost?.json ?? .null),
      .init("errors", .array(errors.map(\.json))),
      .init("warnings", .array(warnings.map(\.json))),
      .init("verdict", .string(verdict)),
    ])
  }

  private var parksJSON: JSONValue {
    guard let parksPath else { return .null }
    return .object([
      .init("path", .string(parksPath)),
      .init("crs", parksCRS.map { .string($0.name) } ?? .null),
      .init("parks", .array(parks.map(\.json))),
      .init(
        "overlaps",
        .array(
          overlaps.map {
            .object([
              .init("parks", .array([.string($0.first), .string($0.second)])),
              .init("km2", .area($0.area)),
            ])
          })),
    ])
  }
}

extension RasterDescription {
  fileprivate var json: JSONValue {
    .object([
      .init("layer", .string(layer)), .init("path", .string(path)),
      .init("driver", .string(driver)), .init("columns", .number(Double(columns))),
      .init("rows", .number(Double(rows))), .init("bands", .number(Double(bandCount))),
      .init("type", .text(typeName)), .init("crs", .text(crs?.name)),
      .init(
        "geotransform",
        geotransform.map { .array($0.coefficients.map { .number(orText: $0) }) } ?? .null),
      .init("cell", .string(cellText)),
      .init("nodata", nodata.map { .number(orText: $0) } ?? .null),
      .init("compression", .text(compression)), .init("colour_table", .boolean(hasColours)),
      .init("mask", .boolean(hasMask)), .init("unit", .text(unit.isEmpty ? nil : unit)),
      .init("bytes", bytes.map { .number(Double($0)) } ?? .null),
    ])
  }
}

extension VectorDescription {
  fileprivate var json: JSONValue {
    .object([
      .init("layer", .string(layer)), .init("path", .string(path)),
      .init("driver", .string(driver)),
      .init("file_layers", .array(fileLayers.map { .string($0) })),
      .init("crs", .text(crs?.name)),
      .init("shapes", count.map { .number(Double($0)) } ?? .null),
      .init("openstreetmap", .boolean(isOpenStreetMap)),
    ])
  }
}

extension ModelFit {
  fileprivate var json: JSONValue {
    .object([
      .init("species", .string(species)), .init("title", .string(title)),
      .init("layers_needed", .array(needed.map { .string($0) })),
      .init("layers_missing", .array(missing.map { .string($0) })),
      .init("can_run", .boolean(canRun)), .init("complete", .boolean(isComplete)),
    ])
  }
}

extension CheckReport.Tiling {
  fileprivate var members: [JSONValue.Member] {
    [
      .init("tiles", .number(Double(tiles))),
      .init("sampled_tiles", .number(Double(sampledTiles))),
      .init("sampled_km2", .area(sampledArea)), .init("gap_km2", .area(gapArea)),
      .init("overlap_km2", .area(overlapArea)),
      .init("disagreement_km2", .area(disagreementArea)),
    ]
  }
}

extension CheckReport.LandCover {
  fileprivate var json: JSONValue {
    .object(
      tiling.members + [
        .init("km2", .area(area)), .init("legend", .text(legend)),
        .init("labels_of", .text(legend ?? labelsOfProposal)),
        .init("products", .array(proposals.map(\.json))),
        .init("codes", .array(codes.map(\.json))),
        .init(
          "nodata",
          .object([
            .init("values", .array(nodataValues.map { .number(orText: $0) })),
            .init("cells", .number(Double(nodataCells))), .init("km2", .area(nodataArea)),
          ])),
      ])
  }
}

extension CheckReport.Code {
  fileprivate var json: JSONValue {
    .object([
      .init("code", .number(Double(code))), .init("label", .string(label)),
      .init("category", .text(category.isEmpty ? nil : category)),
      .init("cells", .number(Double(cells))), .init("km2", .area(area)),
    ])
  }
}

extension ProductProposal {
  fileprivate var json: JSONValue {
    .object([
      .init("legend", .string(legend)), .init("title", .string(title)),
      .init("evidence", .array(evidence.map { .string($0) })),
      .init("unknown_codes", .array(unknownCodes.map { .number(Double($0)) })),
    ])
  }
}

extension CheckReport.Elevation {
  fileprivate var json: JSONValue {
    .object(
      tiling.members + [
        .init("minimum_m", survey?.range.map { .number(Double($0.lowerBound)) } ?? .null),
        .init("maximum_m", survey?.range.map { .number(Double($0.upperBound)) } ?? .null),
        .init("void_cells", survey.map { .number(Double($0.voids)) } ?? .null),
        .init("void_km2", .optionalArea(survey?.voidArea)),
        .init("undeclared_void_km2", .optionalArea(survey?.impossibleArea)),
        .init(
          "products",
          .array(
            products.map {
              .object([.init("title", .string($0.title)), .init("note", .string($0.note))])
            })),
        .init("land_cover_share", coverage.map { .number($0.share) } ?? .null),
        .init("land_cover_km2_on_tiles", .optionalArea(coverage?.area)),
        .init("coverage_by", .text(coverage?.way.rawValue)),
        .init("samples_per_axis", .array(samplesPerAxis.map { .number(Double($0)) })),
      ])
  }
}

extension ParkSurvey {
  fileprivate var json: JSONValue {
    .object([
      .init("park_id", .string(id)), .init("park", .string(name)), .init("km2", .area(area)),
      .init("valid", .boolean(!wasRepaired)), .init("empty", .boolean(isEmpty)),
      .init("on_land_cover_km2", .optionalArea(landCoverArea)),
      .init("on_dem_tiles_km2", .optionalArea(elevationArea)),
      .init(
        "on_refinement_tiles_km2",
        .object(
          refinementAreas.sorted { $0.key < $1.key }.map { .init($0.key, .area($0.value)) })),
    ])
  }
}
