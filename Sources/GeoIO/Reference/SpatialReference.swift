import CGDAL
public import RasterCore

/// The owner of one OGR spatial reference.
@safe struct SpatialReference: ~Copyable {
  let handle: OGRSpatialReferenceH

  /// A reference of its own, copied from one that GDAL owns.
  init(copying borrowed: OGRSpatialReferenceH) {
    unsafe handle = OSRClone(borrowed)
    unsafe OSRSetAxisMappingStrategy(handle, OAMS_TRADITIONAL_GIS_ORDER)
  }

  /// From anything OGR understands: `EPSG:32652`, WKT, PROJ strings, a `.prj` file.
  init?(userInput text: String) {
    GeospatialLibraries.ready
    guard let handle = unsafe OSRNewSpatialReference(nil) else { return nil }
    guard unsafe OSRSetFromUserInput(handle, text) == OGRERR_NONE else {
      unsafe OSRDestroySpatialReference(handle)
      return nil
    }
    unsafe OSRSetAxisMappingStrategy(handle, OAMS_TRADITIONAL_GIS_ORDER)
    unsafe self.handle = handle
  }

  deinit { unsafe OSRDestroySpatialReference(handle) }

  /// The plain value, `nil` for what is neither geographic nor projected (local, vertical, geocentric).
  var value: CoordinateReferenceSystem? {
    let countsDegrees = unsafe OSRIsGeographic(handle) != 0
    guard unsafe countsDegrees || OSRIsProjected(handle) != 0 else { return nil }
    var failure = OGRERR_NONE
    let axis = unsafe OSRGetSemiMajor(handle, &failure)
    let inverse = unsafe OSRGetInvFlattening(handle, &failure)
    guard failure == OGRERR_NONE, axis > 0 else { return nil }
    let unit =
      unsafe countsDegrees
      ? OSRGetAngularUnits(handle, nil) * (isDerived ? axis : 1) : OSRGetLinearUnits(handle, nil)
    let wkt = wkt
    return CoordinateReferenceSystem(
      wkt: wkt, name: name, isGeographic: countsDegrees && !isDerived,
      ellipsoid: Ellipsoid(semiMajorAxis: axis, flattening: inverse > 0 ? 1 / inverse : 0),
      datumIsKnown: datumIsKnown, unit: unit, isLeftHanded: isLeftHanded(meridiansIn: wkt))
  }

  /// Why there is no value, in words for people.
  var obstacle: String {
    let text = wkt
    let kinds = [
      ("ENGCRS[", "an engineering CRS, tied to no place on the Earth"),
      ("DERIVEDPROJCRS[", "a derived projected CRS, with axes of a site of its own"),
      ("VERTCRS[", "a vertical CRS, which has heights and no places"),
      ("CS[Cartesian,3]", "a geocentric CRS, which counts from the centre of the Earth"),
    ]
    return kinds.first { text.contains($0.0) }?.1 ?? "no CRS of places on the Earth's surface"
  }

  /// Longitude and latitude turned, as about a pole of their own.
  var isDerived: Bool { unsafe OSRIsDerivedGeographic(handle) != 0 }

  private var wkt: String {
    var text: UnsafeMutablePointer<CChar>?
    let options = ["FORMAT=WKT2_2019", "MULTILINE=NO"]
    return unsafe withStringList(options) { list in
      unsafe OSRExportToWktEx(handle, &text, constantList(list))
      defer { unsafe VSIFree(text) }
      return unsafe text.map { unsafe String(cString: $0) } ?? ""
    }
  }

  private var name: String {
    if let code = unsafe OSRGetAuthorityCode(handle, nil),
      let authority = unsafe OSRGetAuthorityName(handle, nil)
    {
      return unsafe String(cString: authority) + ":" + String(cString: code)
    }
    return unsafe OSRGetName(handle).map { unsafe String(cString: $0) } ?? "unnamed"
  }

  /// Files that know only an ellipsoid name their datum "Unknown based on …" or "Not specified …".
  private var datumIsKnown: Bool {
    guard let pointer = unsafe OSRGetAttrValue(handle, "DATUM", 0) else { return false }
    let datum = unsafe String(cString: pointer).lowercased().replacing("_", with: " ")
    return !datum.hasPrefix("unknown") && !datum.hasPrefix("not specified")
  }
}

extension CoordinateReferenceSystem {
  /// From anything GDAL understands: `EPSG:32652`, WKT, PROJ strings; digits alone are a code of EPSG.
  ///
  /// - Throws: `.usage`, slug `bad-crs`; `.input`, slug `proj-database`.
  public init(userInput text: String) throws(HabitatError) {
    var kind: String?
    let isCode =
      !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    if let reference = SpatialReference(userInput: isCode ? "EPSG:" + text : text) {
      if let value = reference.value {
        self = value
        return
      }
      kind = reference.obstacle
    }
    if let failure = ProjDatabase.failure { throw failure }
    throw HabitatError(
      .usage, "bad-crs",
      "\"\(text)\" is "
        + (kind ?? "not a coordinate reference system of the Earth's surface"),
      at: "CRS \(text)", fix: "give a code such as EPSG:32652, or WKT")
  }

  /// The authority's code where it says all that the CRS is.
  public var authorityCode: String? {
    (try? CoordinateReferenceSystem(userInput: name)) == self ? name : nil
  }

  /// The authority's code of a CRS whose coordinates are the same, whatever else the file says of it.
  public var equivalentCode: String? {
    (try? CoordinateReferenceSystem(userInput: name))?.isSame(as: self) == true ? name : nil
  }

  /// The longitude in radians, on the datum's own prime meridian, along which a projection's x does not
  /// change; 0 where its definition names none.
  public var centralMeridian: Double {
    guard let reference = SpatialReference(userInput: wkt) else { return 0 }
    for name in ["central_meridian", "longitude_of_center"] {
      var failure = OGRERR_NONE
      let degrees = unsafe OSRGetNormProjParm(reference.handle, name, 0, &failure)
      if failure == OGRERR_NONE { return degrees * .pi / 180 }
    }
    return 0
  }

  /// Whether coordinates need no change to pass from one to the other.
  ///
  /// The order of axes does not count: here x always comes before y, whatever the authority says.
  public func isSame(as other: CoordinateReferenceSystem) -> Bool {
    if wkt == other.wkt { return true }
    guard isGeographic == other.isGeographic,
      let one = SpatialReference(userInput: wkt), let two = SpatialReference(userInput: other.wkt)
    else { return false }
    let criteria = [
      "CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS", "IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES",
    ]
    return unsafe withStringList(criteria) { options in
      unsafe OSRIsSameEx(one.handle, two.handle, constantList(options)) != 0
    }
  }
}
