import RasterCore
import Testing

@Suite("Pages for texts")
struct TextPageTests {
  private static let error = HabitatError(
    .input, "crs-missing", "the raster has no coordinate reference system at all",
    at: "/a/very/long/path/of/a/raster.tif", fix: "add --assume-crs landcover=EPSG:32652")

  @Test("in a file a message is its description")
  func file() {
    #expect(Self.error.text(on: .file) == Self.error.description)
    #expect(TextPage.file.folded("a  b\n\n c") == "a  b\n\n c")
  }

  @Test("a message is folded under its beginning; a path stays whole")
  func message() {
    #expect(
      Self.error.text(on: TextPage(width: 40)) == """
        error[crs-missing]: the raster has no
          coordinate reference system at all
          where: /a/very/long/path/of/a/raster.tif
          fix:   add --assume-crs
                 landcover=EPSG:32652
        """)
  }

  @Test("the kind of a message is coloured, and nothing else")
  func colours() {
    let page = TextPage(width: 100, colours: .indexed)
    #expect(Self.error.text(on: page).hasPrefix("\u{1B}[1;31merror[crs-missing]\u{1B}[0m: the "))
    let warning = HabitatWarning("dem-coarse", "what", at: "dem", fix: "none")
    #expect(
      warning.text(on: page)
        == "\u{1B}[1;33mwarning[dem-coarse]\u{1B}[0m: what\n  where: dem\n  fix:   none")
  }

  /// Of xterm's cube: 16 + 36·r + 6·g + b with levels 0, 95, 135, 175, 215, 255.
  @Test(
    "a colour is the nearest of the cube",
    arguments: [(UInt32(0xFF0000), "196"), (0x000000, "16"), (0x0B4F4A, "23"), (0x4F9E74, "72")])
  func cube(colour: UInt32, code: String) {
    let page = TextPage(width: 80, colours: .indexed)
    #expect(page.painted("x", .colour(colour)) == "\u{1B}[38;5;\(code)mx\u{1B}[0m")
  }

  @Test("lines of a text are folded under their beginning or under what explains a term")
  func folding() {
    #expect(
      TextPage(width: 24).folded(
        "  time    about as long as this takes\n\nshort\nand a line that is long")
          == """
            time    about as long
                    as this takes

          short
          and a line that is long
          """)
    #expect(TextPage(width: 12).folded("and a line that is") == "and a line\n  that is")
  }
}
