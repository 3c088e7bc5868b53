import CGDAL

extension RasterDataset {
  /// What the file says of itself, by key.
  public var metadata: [String: String] { unsafe metadataMembers(GDALGetMetadata(handle, nil)) }

  /// What the file says of one of its bands, by key.
  public func metadata(ofBand number: Int) -> [String: String] {
    unsafe metadataMembers(GDALGetMetadata(GDALGetRasterBand(handle, Int32(number)), nil))
  }

  /// What the file, and where it is silent a document beside it, says of where its data come from.
  public var origin: StatedOrigin {
    StatedOrigin(metadata: metadata).completed(by: SidecarMetadata.origin(beside: path))
  }

  /// The names of a band's codes, from 0; empty where the file has none.
  public func categoryNames(ofBand number: Int) -> [String] {
    // GDAL 3.6 reads the side file that holds them only when it is asked for something else.
    _ = geotransform
    return unsafe strings(of: GDALGetRasterCategoryNames(GDALGetRasterBand(handle, Int32(number))))
  }

  /// The rasters that a container holds, as paths to open.
  public var subdatasets: [String] {
    let members = unsafe metadataMembers(GDALGetMetadata(handle, "SUBDATASETS"))
    return members.keys.filter { $0.hasSuffix("_NAME") }
      .sorted { ($0.count, $0) < ($1.count, $1) }.compactMap { members[$0] }
  }

  /// GDAL's name of the compression, `nil` where there is none.
  public var compression: String? {
    unsafe GDALGetMetadataItem(handle, "COMPRESSION", "IMAGE_STRUCTURE").map {
      unsafe String(cString: $0)
    }
  }
}
