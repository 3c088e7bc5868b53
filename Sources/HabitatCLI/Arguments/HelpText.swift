/// The help of a command: what it does, an example, its options.
struct HelpText {
  let usage: String
  let summary: String
  let examples: [String]
  let sections: [(title: String, options: [Option])]
  var notes = ""

  var text: String {
    var text = "\(summary)\n\nUsage: \(usage)\n\n"
    text += examples.count == 1 ? "Example:\n" : "Examples:\n"
    text += examples.map { "  \($0)\n" }.joined()
    for section in sections {
      text += "\n\(section.title):\n"
      for option in section.options {
        let head = "  " + option.name + (option.placeholder.isEmpty ? "" : " " + option.placeholder)
        text += Self.entry(head, option.help)
      }
    }
    return notes.isEmpty ? text : text + "\n" + notes + "\n"
  }

  /// A term and its explanation, folded at 100 columns.
  static func entry(_ head: String, _ help: String, indentation: Int = 28) -> String {
    let margin = String(repeating: " ", count: indentation)
    var line = head
    if line.count + 2 > indentation {
      line += "\n" + margin
    } else {
      line += String(repeating: " ", count: indentation - line.count)
    }
    var text = line
    var width = indentation
    for word in help.split(separator: " ") {
      if width > indentation, width + 1 + word.count > 100 {
        text += "\n" + margin
        width = indentation
      }
      text += (width > indentation ? " " : "") + word
      width += (width > indentation ? 1 : 0) + word.count
    }
    return text + "\n"
  }
}
