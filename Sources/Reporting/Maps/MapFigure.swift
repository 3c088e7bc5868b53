import RasterCore

/// The large map of a species with its legend.
struct MapFigure {
  let map: ReportMap
  let areas: SpeciesAreas
  let credits: MapCredits

  func markup(in wording: Wording) -> Markup {
    guard map.has(areas.name) else { return "" }
    let drawing = MapDrawing(map: map, picture: areas.name, view: map.view)
    let label = wording.sentence(
      map.outlines.isEmpty ? "map.label_whole" : "map.label", ["species": wording.species(areas)])
    return """
      <figure class="map" data-species="\(areas.name)" data-map="\(facts)">
      <div class="map-frame">
      \(drawing.markup(label: label, in: wording))</div>
      <p class="readout" role="status">\(wording["map.hint"])</p>
      <figcaption>
      \(classes(wording))\(map.has("landcover") ? categories(wording) : "")\
      <p class="note">\(note(wording))</p>
      \(credits.caption(of: areas, in: wording))
      </figcaption>
      </figure>

      """
  }

  /// What a dot of the picture stands for.
  private func note(_ wording: Wording) -> String {
    let block = map.picture(areas.name)?.cells.block ?? 1
    guard block > 1 else { return wording["map.note"] }
    let hasFiner = map.pictures.contains { $0.key == areas.name && $0.park != nil }
    return wording.sentence(
      hasFiner ? "map.note_finer" : "map.note_blocks", ["cells": String(block)])
  }

  /// What the script needs to know of the map: its size, its cells, and where on Earth it lies.
  private var facts: String {
    let lattice = map.lattice
    let places = lattice.places.map { place in
      let numbers = [place.x, place.y].map { $0.shortened(decimals: lattice.decimals + 1) }
      return "[\(numbers.joined(separator: ","))]"
    }
    func box(_ box: Extent) -> String {
      "[\([box.minX, box.minY, box.width, box.height].map { String($0) }.joined(separator: ","))]"
    }
    return """
      {"width":\(map.width),"height":\(map.height),"cells":[\(map.columns),\(map.rows)],\
      "bounds":\(box(map.bounds)),"columns":\(lattice.columns),"rows":\(lattice.rows),\
      "decimals":\(lattice.decimals),"places":[\(places.joined(separator: ","))]}
      """
  }

  private func classes(_ wording: Wording) -> Markup {
    let entries = SuitabilityClass.allCases.map { suitability -> Markup in
      """
      <label><input type="checkbox" checked value="\(Int(suitability.rawValue))">\
      \(Bar.swatch("class-\(Int(suitability.rawValue))"))\(wording["class.\(suitability.key)"])</label>

      """
    }
    return """
      <fieldset class="legend classes"><legend>\(wording["map.classes"])</legend>
      \(entries)\(others(wording))</fieldset>

      """
  }

  /// What the map shows beside the classes.
  private func others(_ wording: Wording) -> Markup {
    let shown =
      [
        (ReportMap.waterCode, "class-\(Int(ReportMap.waterCode))", "map.water"),
        (0, "nodata", "table.nodata"),
      ].filter { map.shows($0.0, in: areas.name) }.map { ($1, $2) }
      + (map.outlines.isEmpty ? [] : [("outside", "script.outside")])
    return shown.map { colour, key in "<p>\(Bar.swatch(colour))\(wording[key])</p>\n" }.joined()
  }

  private func categories(_ wording: Wording) -> Markup {
    let entries = LandCategory.allCases.map { category -> Markup in
      """
      <li>\(Bar.swatch("category-\(Int(category.rawValue))"))\(wording["category.\(category.key)"])</li>

      """
    }
    return """
      <fieldset class="legend layers"><legend>\(wording["map.layer"])</legend>
      <label><input type="radio" name="layer-\(areas.name)" value="classes" checked>\
      \(wording["map.classes"])</label>
      <label><input type="radio" name="layer-\(areas.name)" value="landcover">\
      \(wording["map.landcover"])</label>
      <ul class="categories">
      \(entries)</ul>
      </fieldset>

      """
  }
}
