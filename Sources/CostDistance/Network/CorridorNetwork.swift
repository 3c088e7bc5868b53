/// All candidate links between the cores of a landscape, with their paths and corridors.
package struct CorridorNetwork: Sendable {
  package struct Link: Sendable {
    /// From 1, over all candidates.
    package let number: Int
    package let candidate: LinkCandidate
    package let verdict: LinkVerdict
    /// `nil` where none was sought or there is none.
    package let path: LeastCostPath?
    /// `nil` where the link is not kept.
    package let corridor: Corridor?

    package var pair: CorePair { candidate.pair }
  }

  package let surface: ResistanceSurface
  /// By number.
  package let cores: [Core]
  /// All candidates, in rising order of their pairs.
  package let links: [Link]

  /// The corridors of all kept links in one raster; its links are the numbers less one.
  package var composite: CorridorComposite {
    var composite = CorridorComposite(columns: surface.columns, rows: surface.rows)
    for link in links {
      if let corridor = link.corridor { composite.add(corridor, link: link.number - 1) }
    }
    return composite
  }

  /// The area of each link's corridor outside of all cores, in the order of the links; `nil` where it has none.
  ///
  /// - Parameter cellAreas: of a cell, by row.
  package func corridorAreas(cellAreas: [Double]) -> [Double?] {
    var isCore = Array(repeating: false, count: surface.columns * surface.rows)
    for core in cores {
      for cell in core.cells { isCore[cell.row * surface.columns + cell.column] = true }
    }
    return links.map { link in
      link.corridor.map { corridor in
        // Cells of a row are of one size: they are counted, so that the order of additions is that of rows alone.
        corridor.runs.reduce(0.0) { area, run in
          let first = run.row * surface.columns
          return area + cellAreas[run.row] * Double(run.columns.count { !isCore[first + $0] })
        }
      }
    }
  }
}
