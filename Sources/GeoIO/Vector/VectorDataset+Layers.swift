import CGDAL
import RasterCore

extension VectorDataset {
  /// The layer of that name or, without one, the only layer that may hold polygons.
  ///
  /// - Throws: `.input`: `layer-unknown`, `layer-ambiguous`; `not-vector` where its source does not open.
  func layer(named name: String?) throws(HabitatError) -> OGRLayerH {
    if let breakOff { throw breakOff }
    let names = layerNames
    if let name {
      if let error = unopened[name] { throw error }
      if let layer = unsafe GDALDatasetGetLayerByName(handle, name) { return unsafe layer }
      throw HabitatError(
        .input, "layer-unknown", "there is no layer \"\(name)\"", at: path,
        fix: "the layers are: \(names.joined(separator: ", "))")
    }
    let outlines = outlineLayers
    guard !isGPX || !outlines.isEmpty else { throw TrackOutlines.nothing(in: path) }
    let candidates = outlines.isEmpty ? names : outlines
    guard !candidates.isEmpty else {
      throw HabitatError(
        .input, "not-vector", "the file holds no layer: it is empty or damaged", at: path,
        fix: "fetch it again, or write it anew")
    }
    guard candidates.count == 1,
      let layer = unsafe GDALDatasetGetLayerByName(handle, candidates[0])
    else {
      throw HabitatError(
        .input, "layer-ambiguous",
        "the file has several layers of \(isGPX ? "lines" : "polygons")",
        at: path, fix: "name one with --parks-layer: \(candidates.joined(separator: ", "))")
    }
    if let error = unopened[candidates[0]] { throw error }
    return unsafe layer
  }

  /// The layers that may hold outlines: polygons or, of GPX, which has none, the lines that are there.
  var outlineLayers: [String] {
    isGPX
      ? shapeLayers.filter { ["tracks", "routes"].contains($0) }
      : layerNames.filter { unsafe mayHoldPolygons(GDALDatasetGetLayerByName(handle, $0)) }
  }

  /// The layers with shapes; of GPX without the points of lines.
  var shapeLayers: [String] {
    layerNames.filter { name in
      isGPX
        ? filled.contains(name)
        : unsafe OGR_L_GetGeomType(GDALDatasetGetLayerByName(handle, name)) != wkbNone
    }
  }

  static func filledLayers(
    of handle: GDALDatasetH, at path: String
  ) -> (names: Set<String>, breakOff: HabitatError?) {
    var names: Set<String> = []
    do throws(HabitatError) {
      try reportingFailures(
        .input, "unreadable-features", "the features cannot be read to their end", at: path,
        fix: "the file is damaged: fetch it again"
      ) { log in
        for name in ["tracks", "routes", "waypoints"]
        where unsafe OGR_L_GetFeatureCount(GDALDatasetGetLayerByName(handle, name), 1) > 0 {
          names.insert(name)
        }
        return log.messages.isEmpty ? () : nil
      }
    } catch {
      return (names, error)
    }
    return (names, nil)
  }

  private func mayHoldPolygons(_ layer: OGRLayerH?) -> Bool {
    let type = unsafe OGR_GT_Flatten(OGR_L_GetGeomType(layer))
    let surfaces = [
      wkbPolygon, wkbMultiPolygon, wkbCurvePolygon, wkbMultiSurface, wkbGeometryCollection,
      wkbUnknown,
    ]
    return surfaces.contains(type)
  }
}
