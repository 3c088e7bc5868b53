import Foundation
import RasterCore
import Testing

@testable import Reporting

@Suite("Facts of a run") struct RunFactsTests {
  @Test("a landscape has its name for a title; else the parks have theirs, the first few of them")
  func titles() {
    func title(_ parks: [String], landscape: String? = nil, _ language: Wording.Language = .english)
      -> String
    {
      RunFacts.title(landscape: landscape, parks: parks, in: Wording(language))
    }
    #expect(title(["Кедровая падь"], landscape: "Taiga") == "Taiga")
    #expect(title(["Кедровая падь"]) == "Кедровая падь")
    #expect(title(["A", "B"]) == "A and B" && title(["A", "B", "C"]) == "A, B and C")
    #expect(title(["A", "B", "C", "D"]) == "A, B, C and 1 more")
    #expect(title(["A", "B", "C", "D"], .russian) == "A, B, C и ещё 1")
    #expect(title(["甲", "乙", "丙", "丁"], .chinese) == "甲、乙、丙，另有 1 处")
    #expect(title((1...1235).map { "P\($0)" }).hasSuffix("P3 and 1,232 more"))
    // A number is no name.
    #expect(title(["7"]) == "Park 7" && title(["7"], .russian) == "Парк 7")
    #expect(title([]) == "Whole raster" && title([], .chinese) == "整个栅格")
    let long = String(repeating: "x", count: 300)
    #expect(title([long, "B"]) == String(repeating: "x", count: 119) + "… and 1 more")
  }

  @Test("what was asked for is read out of a page's first tag, whatever the title holds")
  func settings() {
    for title in [nil, "A \"<b>\" & 'c' >", "公园 2026"] {
      let settings = ReportSettings(language: .russian, title: title)
      let page = "<!DOCTYPE html>\n\(settings.tag.source)\n<head lang=\"x\">"
      #expect(ReportSettings(readingFrom: page) == settings)
    }
    #expect(ReportSettings(readingFrom: "<html lang=\"xx\">") == nil)
    #expect(ReportSettings(readingFrom: "<p>") == nil)
  }
}
