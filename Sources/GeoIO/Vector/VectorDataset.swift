import CGDAL
import Foundation
import RasterCore

/// An open vector file; its layers are borrowed from it.
@safe struct VectorDataset: ~Copyable {
  let handle: GDALDatasetH
  let path: String
  /// What the text of a file of GeoJSON, or of its kin, has that GDAL does not tell.
  let text: GeoJSONScanner?
  /// What GDAL reported while it opened the file, and opened it all the same.
  let faults: [String]
  /// What is said of the layers of a virtual file whose sources do not open, by name: they are there, but empty.
  let unopened: [String: HabitatError]
  /// The layers of a GPX file that hold shapes: it has the same five whatever it holds.
  let filled: Set<String>
  /// Why a GPX file is not read to its end; GDAL says it but once.
  let breakOff: HabitatError?

  /// - Parameter options: open options, `KEY=VALUE`.
  init(reading path: String, options: [String] = []) throws(HabitatError) {
    GeospatialLibraries.ready
    try NamedSources.refuseForeign(path)
    try WriteAheadLog.refuseChanges(beside: path)
    let flags = UInt32(GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR)
    let isMissing = FileSystem.size(of: path) == .missing
    do throws(HabitatError) {
      var faults: [String] = []
      unsafe handle = try reportingFailures(
        .input, isMissing ? "input-missing" : "not-vector",
        isMissing
          ? "there is no such file, or it cannot be read"
          : "the file cannot be opened as vector data",
        at: path,
        fix: isMissing
          ? "check the path; relative paths start in the current folder"
          : "check that it is whole, and a vector file GDAL can read"
      ) { log in
        let handle = unsafe withStringList(options) { list in
          unsafe GDALOpenEx(
            RemoteSources.pathOfFile(path), flags, nil, constantList(list), nil)
        }
        faults = log.messages
        return unsafe handle
      }
      self.faults = faults
    } catch {
      throw error.lookingAt(path)
    }
    self.path = path
    let driver = unsafe String(cString: GDALGetDriverShortName(GDALGetDatasetDriver(handle)))
    text = GeoJSONScanner(of: path, driver: driver)
    unopened = unsafe driver == "OGR_VRT" ? Self.unopened(in: handle, at: path) : [:]
    unsafe (filled, breakOff) =
      driver == "GPX" ? Self.filledLayers(of: handle, at: path) : ([], nil)
  }

  /// Opens a file for what a theme needs of it.
  ///
  /// GDAL's driver for OpenStreetMap reads its settings while the file is opened; other drivers are not asked
  /// for them.
  init(
    reading path: String, for theme: FeatureTheme, encoding: TextEncoding? = nil
  ) throws(HabitatError) {
    let settings = MemoryFile(theme.osmConfiguration, suffix: ".ini")
    // What GDAL finds out about a GML file it would leave beside it.
    let options = path.isOpenStreetMap ? ["CONFIG_FILE=" + settings.path] : []
    let text = encoding.map { ["ENCODING=" + $0.name] } ?? []
    // DXF has no such option, and reads its setting while it is opened.
    unsafe CPLSetThreadLocalConfigOption("DXF_ENCODING", encoding?.name)
    defer { unsafe CPLSetThreadLocalConfigOption("DXF_ENCODING", nil) }
    try self.init(reading: path, options: options + text + (path.isGML ? ["WRITE_GFS=NO"] : []))
  }

  deinit { unsafe GDALClose(handle) }

  private static func unopened(in handle: GDALDatasetH, at path: String) -> [String: HabitatError] {
    var unopened: [String: HabitatError] = [:]
    for number in 0..<(unsafe GDALDatasetGetLayerCount(handle)) {
      let layer = unsafe GDALDatasetGetLayer(handle, number)
      let name = unsafe String(cString: OGR_L_GetName(layer))
      do throws(HabitatError) {
        // A layer looks for its source when it is first asked for anything.
        try reportingFailures(
          .input, "not-vector", "the source of layer \(name) cannot be opened", at: path,
          fix: "check the path in the file; it starts where the file lies if relativeToVRT is 1"
        ) { log in
          unsafe _ = OGR_L_GetLayerDefn(layer)
          return log.messages.isEmpty ? () : nil
        }
      } catch {
        unopened[name] = error
      }
    }
    return unopened
  }

  var isOpenStreetMap: Bool { driver == "OSM" }
  var isGPX: Bool { driver == "GPX" }

  /// What the file, or else one of its layers, says of where its data come from; where they are silent, what stands
  /// in a document beside the file.
  func origin(of layer: OGRLayerH?) -> StatedOrigin {
    var origin = unsafe ownOrigin(of: layer)
    if driver == "GeoJSON" {
      origin = origin.completed(by: StatedOrigin(metadata: GeoJSONMembers(reading: path).texts))
    }
    return origin.completed(by: SidecarMetadata.origin(beside: path))
  }

  private func ownOrigin(of layer: OGRLayerH?) -> StatedOrigin {
    let whole = unsafe StatedOrigin(metadata: metadataMembers(GDALGetMetadata(handle, nil)))
    guard whole.isEmpty, let layer = unsafe layer else { return whole }
    var members = unsafe metadataMembers(GDALGetMetadata(layer, nil))
    // Programs fill in the name of the table where nobody describes it.
    let name = unsafe String(cString: OGR_L_GetName(layer))
    members = members.filter { $0.value != name }
    return StatedOrigin(metadata: members)
  }

  var files: [String] {
    let list = unsafe GDALGetFileList(handle)
    defer { unsafe CSLDestroy(list) }
    let opened = RemoteSources.pathOfFile(path)
    let files = unsafe strings(of: list).map { $0 == opened ? path : $0 }
    if driver == "OGR_VRT" {
      // GDAL lists what single layers are read from, not what layers are joined of.
      return files
        + NamedSources.files(of: path).filter {
          if case .bytes = FileSystem.size(of: $0) { !files.contains($0) } else { false }
        }
    }
    guard driver == "GML" else { return files }
    // GDAL reads them, but does not list them.
    let stem = path.range(of: ".", options: .backwards).map { path[..<$0.lowerBound] } ?? path[...]
    let sides = [stem + ".gfs", stem + ".xsd"].filter {
      if case .bytes = FileSystem.size(of: $0) { !files.contains($0) } else { false }
    }
    return files + sides
  }

  var driver: String {
    unsafe String(cString: GDALGetDriverShortName(GDALGetDatasetDriver(handle)))
  }

  var layerNames: [String] {
    (0..<(unsafe GDALDatasetGetLayerCount(handle))).map {
      unsafe String(cString: OGR_L_GetName(GDALDatasetGetLayer(handle, $0)))
    }
  }

  /// Passes every feature of `layers` to `body`, in the order of the file, and counts them.
  ///
  /// - Parameters:
  ///   - ringsMustClose: whether an open ring is a fault.
  ///   - name: what a feature is called in a message.
  /// - Throws: `.input`, slug `unreadable-features`, where a feature, or its shape, is not read as the file
  ///   has it; what `body` throws.
  func forEachFeature(
    of layers: [String], ringsMustClose: Bool, named name: (OGRFeatureH) -> String,
    _ body: (OGRFeatureH) throws(HabitatError) -> Void
  ) throws(HabitatError) -> Int {
    func take(_ feature: OGRFeatureH) throws(HabitatError) {
      if let shape = unsafe OGR_F_GetGeometryRef(feature),
        let fault = unsafe Geometry.fault(in: shape, ringsMustClose: ringsMustClose)
      {
        throw unreadableFeature(unsafe name(feature), fault, at: path)
      }
      unsafe try body(feature)
    }
    var refusal: HabitatError?
    let count = try reportingFailures(
      .input, "unreadable-features", "the features cannot be read to their end", at: path,
      fix: "the file is damaged: fetch it again"
    ) { log -> Int? in
      do throws(HabitatError) {
        let count =
          unsafe try isOpenStreetMap
          ? readInterleaved(layers, take) : readInTurn(layers, named: name, take)
        return log.messages.isEmpty ? count : nil
      } catch {
        refusal = error
        return 0
      }
    }
    if let refusal { throw refusal }
    return count
  }

  private func readInTurn(
    _ layers: [String], named name: (OGRFeatureH) -> String,
    _ body: (OGRFeatureH) throws(HabitatError) -> Void
  ) throws(HabitatError) -> Int {
    var count = 0
    for layerName in layers {
      guard let layer = unsafe GDALDatasetGetLayerByName(handle, layerName) else { continue }
      var lost = unsafe try LostShapes(in: layer, of: self)
      unsafe OGR_L_ResetReading(layer)
      while let feature = unsafe OGR_L_GetNextFeature(layer) {
        defer { unsafe OGR_F_Destroy(feature) }
        if let fault = unsafe lost.fault(of: feature) {
          throw unreadableFeature(unsafe name(feature), fault, at: path)
        }
        unsafe try body(feature)
        count += 1
      }
      if let number = unsafe lost.damaged(in: layer, of: self) {
        throw unreadableFeature("feature \(number)", "its shape is damaged", at: path)
      }
    }
    return count
  }

  /// An extract is read once from front to back, its layers as they come.
  private func readInterleaved(
    _ layers: [String], _ body: (OGRFeatureH) throws(HabitatError) -> Void
  ) throws(HabitatError) -> Int {
    var count = 0
    var layer: OGRLayerH?
    unsafe GDALDatasetResetReading(handle)
    while let feature = unsafe GDALDatasetGetNextFeature(handle, &layer, nil, nil, nil) {
      defer { unsafe OGR_F_Destroy(feature) }
      if let layer = unsafe layer, layers.contains(unsafe String(cString: OGR_L_GetName(layer))) {
        unsafe try body(feature)
        count += 1
      }
    }
    return count
  }
}

extension String {
  fileprivate var isOpenStreetMap: Bool {
    let name = lowercased()
    return [".osm", ".pbf", ".osm.gz", ".osm.bz2", ".osm.zip"].contains { name.hasSuffix($0) }
  }
}

extension String {
  /// A name that files of GML have.
  fileprivate var isGML: Bool {
    let name = lowercased()
    return [".gml", ".xml", ".gml.gz"].contains(where: name.hasSuffix)
  }
}
