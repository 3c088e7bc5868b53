import Documents
public import Foundation
public import RasterCore

extension SpeciesModel {
  /// Reads a model file, JSON5.
  ///
  /// - Parameter file: the path as the user gave it.
  /// - Throws: `.input`, slug `bad-json` for broken JSON, else `bad-model` with the path of the value
  ///   at fault.
  public init(json5 data: Data, file: String) throws(HabitatError) {
    let document = try DocumentNode(
      json5: data, file: file, slug: "bad-model", refusingRepeats: true,
      failure: HabitatError.inDocument)
    let members = try document.members(known: [
      "species", "title", "version", "combine", "layers", "classes", "resistance", "sources",
      "documentation",
    ])
    species = try document.required("species", in: members).speciesName()
    title = try members["title"]?.string() ?? species
    version = try members["version"]?.string() ?? "unversioned"
    combination = try members["combine"].map(Combination.init) ?? Combination()
    classes = try ClassBounds(document.required("classes", in: members))
    resistance = try members["resistance"].map(ResistanceTransform.init) ?? ResistanceTransform()
    sources = try members["sources"]?.sources() ?? []
    documentation =
      try members["documentation"].map(ModelDocumentation.init) ?? ModelDocumentation()

    let layersNode = try document.required("layers", in: members)
    let layers = try layersNode.members(known: Layer.allCases.map(\.key))
    landCover = try LandCoverLayer(layersNode.required("landCover", in: layers))
    var curveLayers: [Layer: CurveLayer] = [:]
    for layer in Layer.continuous {
      guard let node = layers[layer.key] else { continue }
      let decoded = try CurveLayer(node, unit: layer.unit ?? "")
      if decoded.weight > 0 { curveLayers[layer] = decoded }
    }
    guard landCover.weight > 0 || !curveLayers.isEmpty else {
      throw layersNode.failure(
        "no layer has a weight above 0", fix: "give at least one layer a positive weight")
    }
    self.curveLayers = curveLayers
    self.file = file
    // Valid UTF-8, or reading it as JSON had failed: nothing is lost.
    text = String(decoding: data, as: UTF8.self)
    sha256 = SHA256.hexDigest(of: data)
  }
}

extension DocumentNode<HabitatError> {
  /// A number within bounds, which are part of the message.
  func number(
    in range: ClosedRange<Double>, _ expected: String
  ) throws(HabitatError) -> Double {
    let number = try number()
    guard range.contains(number) else {
      throw failure("\(path) is \(number), not \(expected)", fix: "write \(expected)")
    }
    return number
  }

  /// A name that is safe as the stem of a file name and in a list separated by commas.
  fileprivate func speciesName() throws(HabitatError) -> String {
    let name = try string()
    let isSafe = name.allSatisfy { $0.isLetter || $0.isNumber || "-_. ".contains($0) }
    guard isSafe, let first = name.first, first.isLetter || first.isNumber, name.last != " ",
      !["all", "landcover", "hillshade"].contains(name.lowercased()), name.utf8.count <= 100
    else {
      throw failure(
        "\"\(name)\" cannot name a species: it names output files and options",
        fix:
          "use letters, digits, - and _, at most 100, for example snow-leopard; all, landcover and "
          + "hillshade are taken"
      )
    }
    return name
  }

  fileprivate func sources() throws(HabitatError) -> [SpeciesModel.Source] {
    var sources: [SpeciesModel.Source] = []
    for element in try elements() {
      let members = try element.members(known: ["for", "text"])
      sources.append(
        SpeciesModel.Source(
          subject: try element.required("for", in: members).string(),
          text: try element.required("text", in: members).string()))
    }
    return sources
  }

  fileprivate func weight() throws(HabitatError) -> Double {
    try number(in: 0...1e9, "a weight of 0 or more")
  }

  fileprivate func score() throws(HabitatError) -> Double { try number(in: 0...100, "0…100") }
}

extension SpeciesModel.LandCoverLayer {
  init(_ node: DocumentNode<HabitatError>) throws(HabitatError) {
    let members = try node.members(known: ["weight", "scores"])
    weight = try node.required("weight", in: members).weight()
    let table = try node.required("scores", in: members)
    let byKey = try table.members(known: LandCategory.allCases.map(\.key))
    var scores: [Double] = []
    for category in LandCategory.allCases {
      scores.append(try table.required(category.key, in: byKey).score())
    }
    self.scores = scores
  }
}

extension SpeciesModel.CurveLayer {
  init(_ node: DocumentNode<HabitatError>, unit: String) throws(HabitatError) {
    let members = try node.members(known: ["weight", "unit", "curve", "optional"])
    weight = try node.required("weight", in: members).weight()
    curve = try ResponseCurve(node.required("curve", in: members))
    isOptional = try members["optional"]?.boolean() ?? false
    if let unitNode = members["unit"], try unitNode.string() != unit {
      throw unitNode.failure(
        "\(unitNode.path) is not \"\(unit)\"", fix: "write \"\(unit)\" and x values in it")
    }
  }
}

extension ResponseCurve {
  init(_ node: DocumentNode<HabitatError>) throws(HabitatError) {
    var knots: [Knot] = []
    for element in try node.elements() {
      let pair = try element.elements()
      guard pair.count == 2 else {
        throw element.failure(
          "\(element.path) has \(pair.count) values, not 2", fix: "write [x, score]")
      }
      let (x, score) = (try pair[0].number(), try pair[1].score())
      if let last = knots.last, x <= last.x {
        throw pair[0].failure(
          "x = \(x) does not lie above the x before it, \(last.x)",
          fix: "list the knots by strictly increasing x")
      }
      knots.append(Knot(x: x, score: score))
    }
    guard !knots.isEmpty else {
      throw node.failure("\(node.path) has no knots", fix: "write [[x, score], …]")
    }
    self.init(knots)
  }
}

extension Combination {
  init(_ node: DocumentNode<HabitatError>) throws(HabitatError) {
    // `null` means something here, so the unfiltered members are read as well.
    let members = try node.members(known: ["rule", "cap"])
    var rule = Rule.weightedGeometricMean
    if let ruleNode = members["rule"] {
      let name = try ruleNode.string()
      guard let known = Rule(rawValue: name) else {
        let names = Rule.allCases.map(\.rawValue)
        throw ruleNode.failure(
          "unknown rule \"\(name)\"",
          fix: name.nearest(in: names).map { "did you mean \"\($0)\"?" }
            ?? "rules: \(names.joined(separator: ", "))")
      }
      rule = known
    }
    var isCapped = true
    if let cap = try node.members()["cap"] {
      isCapped = cap.value != .null
      guard !isCapped || cap.value == .string(Layer.landCover.key) else {
        throw cap.failure(
          "\(cap.path) is neither \"landCover\" nor null", fix: "write \"landCover\" or null")
      }
    }
    self.init(rule: rule, isCappedByLandCover: isCapped)
  }
}

extension ClassBounds {
  init(_ node: DocumentNode<HabitatError>) throws(HabitatError) {
    let keys = ["minimum", "medium", "maximum"]
    let members = try node.members(known: keys)
    var bounds: [Double] = []
    for key in keys {
      let member = try node.required(key, in: members)
      let bound = try member.score()
      if let last = bounds.last, bound <= last {
        throw member.failure(
          "\(member.path) is \(bound), not above the bound before it, \(last)",
          fix: "order the bounds: minimum < medium < maximum")
      }
      bounds.append(bound)
    }
    self.init(minimum: bounds[0], medium: bounds[1], maximum: bounds[2])
  }
}
