import CGDAL

extension RasterDataset {
  /// The axis of a netCDF raster along which the coordinates are not evenly spaced, for people; `nil` where the cells
  /// make a grid.
  ///
  /// GDAL looks at the first, the middle and the last step alone, lets latitudes differ by a tenth of a degree, and makes
  /// an even grid of them all.
  func unevenAxis(ofBand number: Int) -> String? {
    guard driver == "netCDF", let name = metadata(ofBand: number)["NETCDF_VARNAME"] else {
      return nil
    }
    unsafe CPLPushErrorHandler(CPLQuietErrorHandler)
    defer { CPLPopErrorHandler() }
    let flags = UInt32(GDAL_OF_MULTIDIM_RASTER | GDAL_OF_READONLY)
    guard
      let dataset = unsafe GDALOpenEx(SubdatasetPath(path)?.file ?? path, flags, nil, nil, nil)
    else { return nil }
    defer { unsafe GDALClose(dataset) }
    guard let root = unsafe GDALDatasetGetRootGroup(dataset) else { return nil }
    defer { unsafe GDALGroupRelease(root) }
    guard let array = unsafe GDALGroupResolveMDArray(root, name, "/", nil) else { return nil }
    defer { unsafe GDALMDArrayRelease(array) }
    var count = 0
    guard let axes = unsafe GDALMDArrayGetDimensions(array, &count) else { return nil }
    defer { unsafe GDALReleaseDimensions(axes, count) }
    // Those before are times, levels and their like.
    for index in max(0, count - 2)..<count {
      guard let axis = unsafe axes[index] else { continue }
      if let coordinates = unsafe Self.coordinates(of: axis), !coordinates.areEven {
        return unsafe String(cString: GDALDimensionGetName(axis))
      }
    }
    return nil
  }

  /// `nil` where the axis has none of its own.
  private static func coordinates(of axis: GDALDimensionH) -> [Double]? {
    guard let variable = unsafe GDALDimensionGetIndexingVariable(axis) else { return nil }
    defer { unsafe GDALMDArrayRelease(variable) }
    let count = unsafe Int(GDALMDArrayGetTotalElementsCount(variable))
    // No more than a raster may have columns.
    guard count < 1 << 26, unsafe GDALMDArrayGetDimensionCount(variable) == 1,
      let type = unsafe GDALExtendedDataTypeCreate(GDT_Float64)
    else { return nil }
    defer { unsafe GDALExtendedDataTypeRelease(type) }
    var coordinates = [Double](repeating: 0, count: count)
    let isRead = unsafe GDALMDArrayRead(
      variable, [0], [count], nil, nil, type, &coordinates, nil, 0)
    return isRead != 0 ? coordinates : nil
  }
}

extension [Double] {
  /// Whether each lies where even steps from the first to the last would put it, to a tenth of a step: coordinates of 32
  /// bits are round.
  fileprivate var areEven: Bool {
    guard count > 2, let first, let last else { return true }
    let step = (last - first) / Double(count - 1)
    return indices.allSatisfy { abs(self[$0] - first - Double($0) * step) <= 0.1 * abs(step) }
  }
}
