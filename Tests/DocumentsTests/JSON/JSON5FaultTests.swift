import Testing

@testable import Documents

@Suite("The place of a fault in a document") struct JSON5FaultTests {
  @Test(
    "the first fault is told with its line and column",
    arguments: [
      ("{ a: 1\n  b: 2 }", 2, 3, "a comma or }"),
      ("{ a: [1, 2\n}", 2, 1, "a comma or ]"),
      ("{ a 1 }", 1, 5, "a colon"),
      ("{\n\n  : 1 }", 3, 3, "a key"),
      ("{ a: }", 1, 6, "a value"),
      ("{ a: forest }", 1, 6, "forest is no value; texts stand in quotes"),
      ("{ a: 'x }\n", 1, 6, "not closed by '"),
      ("{ a: 1 } }", 1, 10, "the end of the document"),
      ("{ a: 1, /* open", 1, 9, "not closed by */"),
      ("{ a: 1.2.3 }", 1, 6, "1.2.3 is no value"),
      ("{ a: 01 }", 1, 6, "01 begins with 0"), ("{ a: -007.5 }", 1, 6, "-007.5 begins with 0"),
      ("{ a: \"\\ud800\" }", 1, 7, "\\ud800 is half of a character"),
      ("{ a: 'x\\uDC00' }", 1, 8, "\\udc00 is half of a character"),
      ("{ a: 'x\\ud83dy' }", 1, 8, "\\ud83d is half of a character"),
      ("{ a: '\\u12g4' }", 1, 7, "\\u stands before other than four digits"),
      ("{ a: 1e999 }", 1, 6, "1e999 is too large a number"),
      ("[0, -0x\(String(repeating: "F", count: 300)) ]", 1, 5, "too large a number"),
      ("{ a: 1, b: { a: 2 },\n \"a\": 3 }", 2, 2, "the key a stands there twice"),
      ("{ \"it's\": 1, \"it's\": 2 }", 1, 14, "the key it's stands there twice"),
      ("{ a: ", 1, 6, "the text ends where a value"),
      ("", 1, 1, "the text ends"),
      ("{ имя: \"Парк\", b }", 1, 18, "a colon"),
    ])
  func places(text: String, line: Int, column: Int, words: String) throws {
    let fault = try #require(JSON5Fault(in: text))
    #expect(fault.line == line && fault.column == column, "\(fault)")
    #expect(fault.what.contains(words), "\(fault.what)")
  }

  @Test(
    "what the format allows is no fault",
    arguments: [
      "{ a: 1, }", "// line\n[1, /* between */ 2,]", "{ 'single': 'quo\\'tes', \"b\": \"x\" }",
      "[0x1F, +1, .5, 5., -Infinity, NaN, 1e-3, 1.5E+4]", "[null, true, false, \"\", {}, []]",
      "{ a: '\\ud83d\\ude00 \\u00e9 \\n', b: [0, -0, 0.5, 0e1, 10] }",
      "{ \"it's a\": 1, \"it's b\": 2 }",
      "\u{FEFF}{ $key_1: \"line \\\n continued\" }", "7",
    ])
  func allows(text: String) { #expect(JSON5Fault(in: text) == nil) }

  @Test("brackets without end are told, not followed") func depth() throws {
    let fault = try #require(JSON5Fault(in: String(repeating: "[", count: 100_000)))
    #expect(fault.what.contains("too deep"))
  }
}
