import GeoIO
import Testing

@Suite("Names of rasters inside files") struct SubdatasetPathTests {
  @Test(
    "the file of a raster is found, and can be another",
    arguments: [
      ("GTIFF_DIR:2:a/two.tif", "a/two.tif", "GTIFF_DIR:2:/x"),
      ("GTIFF_DIR:off:8:C:two.tif", "C:two.tif", "GTIFF_DIR:off:8:/x"),
      ("NETCDF:\"b:c.nc\":lccs_class", "b:c.nc", "NETCDF:\"/x\":lccs_class"),
      ("NETCDF:b.nc:lccs_class", "b.nc", "NETCDF:/x:lccs_class"),
      (
        "HDF4_EOS:EOS_GRID:\"f.hdf\":MCD12Q1:LC_Type1", "f.hdf",
        "HDF4_EOS:EOS_GRID:\"/x\":MCD12Q1:LC_Type1"
      ),
    ])
  func found(path: String, file: String, moved: String) {
    let raster = SubdatasetPath(path)
    #expect(raster?.file == file)
    #expect(raster?.inFile("/x") == moved)
  }

  @Test(
    "other paths are none",
    arguments: ["a.tif", "/vsizip/a.zip/b.tif", "A:b.tif", "GTIFF_DIR:2", "data: one.tif", ""])
  func others(path: String) { #expect(SubdatasetPath(path) == nil) }
}
