import RasterCore
import Testing

@Suite("Absolute paths in what is passed on") struct LocalPathsTests {
  @Test(
    "a path that nobody named is cut to its last part",
    arguments: [
      ("/home/ivan/lc.tif", "…/lc.tif"), ("landcover: /home/ivan/lc.tif", "landcover: …/lc.tif"),
      ("in /a/b/c.tif, /a/d.tif and (/x/y)", "in …/c.tif, …/d.tif and (…/y)"),
      ("see /a/b.", "see …/b."), ("C:\\Users\\ivan\\lc.tif", "…/lc.tif"),
      ("D:/data/lc.tif", "…/lc.tif"), ("NETCDF:\"/a/b c/d.nc\":lccs", "NETCDF:\"…/b c/d.nc\":lccs"),
      ("GTIFF_DIR:2:/a/b.tif", "GTIFF_DIR:2:…/b.tif"), ("file:///a/b.tif", "file://…/b.tif"),
      ("/vsizip//home/i/a.zip/x.tif", "…/x.tif"), ("PG:host=/var/run/pg", "PG:host=…/pg"),
      ("/data/*.tif", "…/*.tif"),
    ])
  func unnamed(text: String, shown: String) {
    #expect(LocalPaths().shortened(in: text) == shown)
    #expect(text.holdsLocalPath)
  }

  @Test(
    "what is no place on the machine stays",
    arguments: [
      "a/b/c.tif", "../../data/lc.tif", "./x/y", "https://example.org/a/b", "s3://bucket/key/x",
      "/vsicurl/https://example.org/a/b.tif", "/vsis3/bucket/key.tif", "and/or", "2010/2014",
      "ESA WorldCover project 2021 / Contains modified data", "1 : 50 / A4", "km²/h", "", "/",
      "CC-BY 4.0 - https://creativecommons.org/licenses/by/4.0/", "*/b/c", "a\\b",
      "http://host:8080/a/b", "/vsizip/a.zip/b/x.tif",
    ])
  func others(text: String) {
    #expect(LocalPaths().shortened(in: text) == text)
    #expect(!text.holdsLocalPath)
  }

  @Test("paths that were named may hold blanks, and as many parts are left as tell them apart")
  func named() {
    let paths = LocalPaths([
      "/home/ivan/My data/2019/lc.tif", "/home/ivan/My data/2021/lc.tif", "/home/ivan/dem.tif",
      "NETCDF:\"/home/ivan/My data/n.nc\":class", "rel/x.tif",
    ])
    #expect(paths.shortened(in: "/home/ivan/My data/2019/lc.tif") == "…/2019/lc.tif")
    #expect(paths.shortened(in: "/home/ivan/dem.tif") == "…/dem.tif")
    #expect(
      paths.shortened(in: "dem: /home/ivan/My data/2021/lc.tif, /home/ivan/dem.tif")
        == "dem: …/2021/lc.tif, …/dem.tif")
    #expect(
      paths.shortened(in: "NETCDF:\"/home/ivan/My data/n.nc\":class") == "NETCDF:\"…/n.nc\":class")
    // A longer name that begins alike is another path.
    #expect(paths.shortened(in: "/home/ivan/dem.tif.aux.xml") == "…/dem.tif.aux.xml")
    #expect(paths.shortened(in: "rel/x.tif") == "rel/x.tif")
    let ends = LocalPaths(["/a/x", "/b/a/x"])
    #expect(ends.shortened(in: "/a/x") == "…/a/x" && ends.shortened(in: "/b/a/x") == "…/b/a/x")
  }
}
