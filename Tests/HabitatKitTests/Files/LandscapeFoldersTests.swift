import RasterCore
import TestSupport
import Testing

@testable import HabitatKit

@Suite("Where landscapes are looked for") struct LandscapeFoldersTests {
  @Test("the data folder comes before that of the program")
  func order() {
    let folders = LandscapeFolders(data: "/data/", program: "/usr/bin/habitat")
    #expect(folders.all == ["./rasters", "/data/rasters", "/usr/share/habitat/rasters"])
    #expect(LandscapeFolders(data: "", program: nil).all == ["./rasters"])
    #expect(
      LandscapeFolders(data: nil, program: "/opt/habitat-1/bin/habitat").installed
        == ["/opt/habitat-1/share/habitat/rasters"])
  }

  @Test(
    "names, not paths, are looked for in installed folders",
    arguments: ["a/b", "/a", ".", "..", ""])
  func paths(word: String) {
    let folders = LandscapeFolders(data: "/data", program: nil)
    #expect(folders.candidates(for: word).allSatisfy { $0.installed == nil })
    #expect(folders.candidates(for: "a").last?.file == "/data/rasters/a/landscape.json")
    #expect(folders.candidates(for: "a").last?.installed == "/data/rasters/a")
  }

  @Test("names of all folders are listed, each once")
  func names() throws {
    try TemporaryFolder.with { folder in
      for place in ["data/rasters/b", "data/rasters/a", "share/habitat/rasters/b"] {
        try folder.write("{}", to: place + "/landscape.json")
      }
      try folder.makeFolder("data/rasters/none")
      let folders = LandscapeFolders(
        data: folder.path("data"), program: folder.path("bin/habitat"))
      #expect(folders.names.filter { ["a", "b", "none"].contains($0) } == ["a", "b"])
    }
  }

  @Test(
    "what a record says leads back to the file, and nothing else is taken for it",
    arguments: [
      ("/d/rasters/a/x.tif", "rasters/a/x.tif"),
      ("GTIFF_DIR:2:/d/rasters/a/x.tif", "GTIFF_DIR:2:rasters/a/x.tif"),
      ("/vsizip//d/rasters/a/x.zip/y.tif", "/vsizip/rasters/a/x.zip/y.tif"),
      ("/d/rasters/ab/x.tif", "/d/rasters/ab/x.tif"),
      ("own/rasters/a/x.tif", "own/rasters/a/x.tif"),
      ("/vsizip/own/rasters/a/x.tif", "/vsizip/own/rasters/a/x.tif"), ("x.tif", "x.tif"),
    ])
  func recorded(path: String, inRecord: String) {
    let paths = RecordedPaths(installed: "/d/rasters/a")
    #expect(paths.recording(path) == inRecord)
    #expect(paths.finding(inRecord) == path)
  }
}
