import RasterCore

extension QGISProject {
  /// The credits as QGIS writes them upon the map, in its window and in what it exports.
  var copyrightLabel: Markup {
    """
          <CopyrightLabel>
            <Enabled type="bool">true</Enabled>
            <Label type="QString">\(labelLines.map { "\($0)" as Markup }.joined(separator: "\n"))</Label>
            <Font type="QString">\(Self.letters.source)</Font>
            <Placement type="int">0</Placement>
            <MarginH type="int">1</MarginH>
            <MarginV type="int">1</MarginV>
          </CopyrightLabel>
    """
  }

  /// Small, and set off from dark land; an attribute of the project holds it as text.
  private static let letters: Markup = """
    <text-style fontFamily="Sans Serif" fontSize="6.5" fontSizeUnit="Point" \
    textColor="35,31,32,255" textOpacity="1"><text-buffer bufferDraw="1" bufferSize="0.8" \
    bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.9" bufferNoFill="1" \
    bufferJoinStyle="128"/></text-style>
    """

  /// The credits in lines that a window has room for: QGIS breaks none itself. The metadata have all of them.
  private var labelLines: [String] {
    let lines = credits.flatMap { credit in
      credit.split(separator: " ").reduce(into: [String]()) { lines, word in
        if let last = lines.last, last.count + word.count < Self.labelWidth {
          lines[lines.count - 1] = last + " " + word
        } else {
          // A word may be longer than any window.
          lines.append(String(word).shortened(to: Self.labelWidth))
        }
      }
    }
    guard lines.count > Self.mostLabelLines else { return lines }
    return lines.prefix(Self.mostLabelLines - 1) + ["…"]
  }

  private static let labelWidth = 110
  private static let mostLabelLines = 10
}
