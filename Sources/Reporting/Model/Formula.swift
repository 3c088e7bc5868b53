/// The formulas of the scoring rules in MathML, which browsers draw and screen readers speak.
///
/// They are the same in every language; what the symbols mean is told beside them. Nothing in them has to be
/// stretched, neither parentheses nor braces: browsers do that only where the system has a font for formulas.
enum Formula {
  /// *G*, the sub-scores *s* joined with the weights *w*.
  static func combined(_ rule: String) -> Markup {
    switch rule {
    case "weightedMean":
      math(
        """
        <mi>G</mi><mo>=</mo><mfrac><mrow><munder><mo>∑</mo><mi>i</mi></munder>\(weight)\(score)</mrow>\
        <mrow>\(weightSum)</mrow></mfrac>
        """)
    case "minimum":
      math("<mi>G</mi><mo>=</mo><munder><mo>min</mo><mi>i</mi></munder>\(score)")
    case "product":
      math(
        """
        <mi>G</mi><mo>=</mo><mn>100</mn><munder><mo>∏</mo><mi>i</mi></munder>\
        <mfrac>\(score)<mn>100</mn></mfrac>
        """)
    default:
      math(
        """
        <mi>G</mi><mo>=</mo><mn>100</mn><munder><mo>∏</mo><mi>i</mi></munder>\
        <msup><mrow><mo>(</mo>\(score)<mo>/</mo><mn>100</mn><mo>)</mo></mrow>\
        <mrow>\(weight)<mo>/</mo>\(weightSum)</mrow></msup>
        """)
    }
  }

  /// *S*, what becomes of *G*.
  static func score(hasZeroRule: Bool, isCapped: Bool) -> Markup {
    let value: Markup =
      isCapped
      ? """
      <mo>min</mo><mo>(</mo><msub><mi>s</mi><mi>1</mi></msub><mo>,</mo><mi>G</mi><mo>)</mo>
      """ : "<mi>G</mi>"
    guard hasZeroRule else { return math("<mi>S</mi><mo>=</mo>\(value)") }
    return math(
      """
      <mtable>\
      <mtr>\(result("<mn>0</mn>"))<mtd><mo>∃</mo><mi>i</mi><mo>:</mo>\(score)<mo>=</mo><mn>0</mn>\
      </mtd></mtr>\
      <mtr>\(result(value))<mtd><mo>∀</mo><mi>i</mi><mo>:</mo>\(score)<mo>&gt;</mo><mn>0</mn>\
      </mtd></mtr></mtable>
      """)
  }

  /// *S* in one of the cases.
  private static func result(_ value: Markup) -> Markup {
    "<mtd><mi>S</mi><mo>=</mo>\(value)<mo>,</mo></mtd>"
  }

  /// *R*, the resistance that follows from *S*.
  static func resistance(isStraight: Bool) -> Markup {
    let share: Markup =
      isStraight
      ? "<mi>h</mi>"
      : """
      <mfrac><mrow><mn>1</mn><mo>−</mo><msup><mi>e</mi><mrow><mo>−</mo><mi>c</mi><mi>h</mi></mrow>\
      </msup></mrow><mrow><mn>1</mn><mo>−</mo><msup><mi>e</mi><mrow><mo>−</mo><mi>c</mi></mrow></msup>\
      </mrow></mfrac>
      """
    return math(
      """
      <mi>R</mi><mo>=</mo>\(maximum)<mo>−</mo><mo>(</mo>\(maximum)<mo>−</mo><mn>1</mn><mo>)</mo>\
      \(share)<mo>,</mo><mspace width="1em"/><mi>h</mi><mo>=</mo><mfrac><mi>S</mi><mn>100</mn></mfrac>
      """)
  }

  private static let score: Markup = "<msub><mi>s</mi><mi>i</mi></msub>"
  private static let weight: Markup = "<msub><mi>w</mi><mi>i</mi></msub>"
  private static let weightSum: Markup =
    "<munder><mo>∑</mo><mi>j</mi></munder><msub><mi>w</mi><mi>j</mi></msub>"
  private static let maximum: Markup = "<msub><mi>R</mi><mi>max</mi></msub>"

  private static func math(_ content: Markup) -> Markup {
    "<math display=\"block\"><mrow>\(content)</mrow></math>"
  }
}
