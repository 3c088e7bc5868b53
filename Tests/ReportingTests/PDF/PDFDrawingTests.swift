import Foundation
import RasterCore
import TestSupport
import Testing

@testable import Reporting

@Suite("Drawings as PDF") struct PDFDrawingTests {
  @Test("the table of objects says where each begins") func table() throws {
    var drawing = PDFDrawing(width: 100, height: 50)
    drawing.text("Land леопарда 虎", at: Point(x: 1, y: 2), size: 9)
    let file = drawing.file
    let bytes = Array(file.utf8)
    #expect(bytes.allSatisfy { $0 < 0x80 })
    let start = try #require(file.firstMatch(of: /startxref\n(\d+)\n%%EOF/)).1
    #expect(String(decoding: bytes[Int(start)!...].prefix(4), as: UTF8.self) == "xref")
    let offsets = file.matches(of: /(\d{10}) 00000 n/).map { Int($0.1)! }
    for (index, offset) in offsets.enumerated() {
      let head = "\(index + 1) 0 obj"
      #expect(String(decoding: bytes[offset...].prefix(head.count), as: UTF8.self) == head)
    }
    // Every stream is as long as it says.
    for match in file.matches(of: /<< \/Length (\d+) >>\nstream\n/) {
      let end = file.index(match.range.upperBound, offsetBy: Int(match.1)!)
      #expect(file[end...].hasPrefix("endstream") || file[end...].hasPrefix("\nendstream"))
    }
  }

  @Test(
    "each script is written in a font that has it",
    arguments: [
      ("A", "F1", "41"), ("é", "F1", "E9"), ("²", "F1", "B2"), ("–", "F1", "96"),
      ("−", "F1", "96"), ("Ж", "F3", "36"), ("я", "F3", "6F"), ("ё", "F3", "71"),
      ("虎", "F5", "864E"), ("（", "F5", "FF08"), ("ș", "F1", "73"), ("한", "F1", "68616E"),
    ])
  func scripts(text: String, font: String, code: String) throws {
    var drawing = PDFDrawing(width: 10, height: 10)
    drawing.text(text, at: Point(x: 0, y: 0), size: 9)
    #expect(drawing.file.contains("0 0 Td /\(font) 9 Tf <\(code)> Tj ET"))
  }

  @Test("bold Chinese is thickened by a line of its colour, the letters beside it are not")
  func boldChinese() {
    var drawing = PDFDrawing(width: 10, height: 10)
    drawing.text("虎 A", at: Point(x: 0, y: 0), size: 10, isBold: true, colour: 0xFF0000)
    // 0.035 × 10 points.
    let text =
      "0.35 w 1 0 0 RG 1 0 0 rg BT 0 Tr 0 0 Td 2 Tr /F5 10 Tf <864E> Tj 0 Tr /F2 10 Tf <2041>"
    #expect(drawing.file.contains(text))
    drawing = PDFDrawing(width: 10, height: 10)
    drawing.text("虎 A", at: Point(x: 0, y: 0), size: 10)
    #expect(!drawing.file.contains("2 Tr"))
  }

  /// As the Unicode CLDR spells them: Korean and Georgian after national rules, Greek and Hindi without
  /// their marks. Lao and Tibetan it does not spell.
  @Test(
    "scripts that no font has are written in Latin letters, what has none by its code point",
    arguments: [
      ("한국 호랑이", "hangug holang-i"), ("ქართული", "kartuli"), ("Ελλάς", "Ellas"),
      ("हिन्दी", "hindi"), ("Łódź", "Lódz"), ("Парк 虎 한", "Парк 虎 han"),
      ("Việt Nam", "Viet Nam"), ("\u{0EAA}", "‹U+0EAA›"), ("བོད", "‹U+0F56…›"), ("🐅", "‹U+1F405›"),
      ("What?", "What?"), ("", ""),
    ])
  func transliteration(name: String, written: String) {
    let text = PDFText.writable(name)
    #expect(text == written)
    #expect(text.contains("?") == name.contains("?"))
    #expect(PDFText.writable(text) == text)
  }

  @Test(
    "any character is written as something, and never as a question mark", arguments: UInt64(0)..<20
  )
  func neverUnknown(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let scalars = (0..<200).compactMap { _ in
      Unicode.Scalar(UInt32.random(in: 0x21...0x1FFFF, using: &random))
    }.filter { $0 != "?" && $0 != "\u{FF1F}" }
    var name = ""
    name.unicodeScalars.append(contentsOf: scalars)
    let text = PDFText.writable(name)
    #expect(!text.contains("?"))
    #expect(text.unicodeScalars.allSatisfy { PDFFont.glyph(of: $0, isBold: true) != nil })
  }

  @Test("no text becomes an operator, whatever it holds") func isInert() {
    var drawing = PDFDrawing(width: 10, height: 10)
    drawing.text(") Tj ET Q (\\ <1> endstream\n", at: Point(x: 0, y: 0), size: 9)
    let content = drawing.file
    #expect(content.components(separatedBy: "endstream").count == 4)
    #expect(content.contains("<2920546A20455420512028"))
    #expect(!content.contains("(\\"))
  }

  @Test("widths are Helvetica's, and lines are cut where they fill") func widths() {
    // H 722, i 222, g 556, h 556: 2,056 thousandths of 10 points.
    #expect(abs(PDFDrawing.width(of: "High", size: 10) - 20.56) < 1e-9)
    #expect(PDFDrawing.width(of: "虎豹", size: 10) == 20)
    // Arial and its bold face: П 719 and 719, а 556 and 556, р 556 and 611, к 438 and 500.
    #expect(abs(PDFDrawing.width(of: "Парк", size: 10) - 22.69) < 1e-9)
    #expect(abs(PDFDrawing.width(of: "Парк", size: 10, isBold: true) - 23.86) < 1e-9)
    // Helvetica's em dash is as wide as it is high; bold letters are no fixed share wider: W 944, i 278.
    #expect(PDFDrawing.width(of: "—", size: 10) == 10)
    #expect(abs(PDFDrawing.width(of: "Wi", size: 10, isBold: true) - 12.22) < 1e-9)
    #expect(
      PDFDrawing.lines(of: "Land of the Leopard", size: 10, width: 60)
        == ["Land of the", "Leopard"])
    #expect(
      PDFDrawing.lines(of: "东北虎豹国家公园", size: 10, width: 45) == ["东北虎豹", "国家公园"])
    #expect(PDFDrawing.lines(of: "Unbreakable", size: 10, width: 5) == ["Unbreakable"])
    // U 722, n 556, b 556, r 333, e 556, a 556, k 500, l 222: up to 19.2 points a line.
    #expect(
      PDFDrawing.lines(of: "An Unbreakable", size: 10, width: 20, breaksWords: true)
        == ["An", "Unb", "rea", "kabl", "e"])
    #expect(PDFDrawing.lines(of: "", size: 10, width: 5).isEmpty)
  }

  @Test("shapes are strokes and fills of the page's coordinates") func shapes() {
    var drawing = PDFDrawing(width: 100, height: 100)
    drawing.fill([Point(x: 1, y: 2), Point(x: 3, y: 4), Point(x: 5, y: 0)], colour: 0xFF0000)
    drawing.stroke([Point(x: 0, y: 0), Point(x: 0.5, y: 1)], width: 2, colour: 0x000000)
    drawing.clipped(to: Extent(minX: 1, minY: 2, maxX: 4, maxY: 6)) {
      $0.rectangle(
        Extent(minX: 0, minY: 0, maxX: 9, maxY: 9), fill: 0xFFFFFF, stroke: nil)
    }
    #expect(drawing.file.contains("1 0 0 rg\n1 2 m\n3 4 l\n5 0 l\nf\n"))
    #expect(drawing.file.contains("2 w 0 0 0 RG\n0 0 m\n0.5 1 l\nS\n"))
    #expect(drawing.file.contains("q 1 2 3 4 re W n\n1 1 1 rg\n0 0 9 9 re f\nQ\n"))
  }
}
