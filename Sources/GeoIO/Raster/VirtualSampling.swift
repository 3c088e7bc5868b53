import RasterCore

/// How a VRT makes its own cells of those of a source.
struct VirtualSampling {
  /// The method in a word or two, where it makes numbers that the source need not hold; `nil` where each cell is one
  /// of the source's: the nearest, or the commonest.
  let blend: String?
  /// Whether it does so even where the cells of both coincide.
  let alwaysBlends: Bool
  /// Whether overviews of the source stand in for its cells.
  let opensOverview: Bool
  /// Whether the cells pass through a warp, which reads the source's own.
  private let isWarped: Bool
  /// Boxes in cells of the source and of the VRT; `nil` for the whole.
  private let boxes: (from: Extent?, to: Extent?)

  /// - Parameter element: a source of a band, or the options of a warp.
  init(of element: XMLNode) {
    // To GDAL names are the same in capitals and small letters.
    let name = element.name.lowercased()
    isWarped = name == "gdalwarpoptions"
    let isFused = ["panchroband", "spectralband"].contains(name)
    alwaysBlends = isWarped || isFused || name == "kernelfilteredsource"
    blend =
      switch name {
      case "kernelfilteredsource": "a kernel"
      case "averagedsource": "averages"
      case "gdalwarpoptions": Self.blend(element.text(of: "ResampleAlg"))
      default: isFused ? "pansharpening" : Self.blend(element.text(of: "resampling"))
      }
    let options = element.elements.first { $0.name.lowercased() == "openoptions" }?.elements ?? []
    opensOverview = options.contains {
      $0.text(of: "key")?.uppercased() == "OVERVIEW_LEVEL"
        && !["NONE", "-1"].contains($0.text(of: "")?.uppercased())
    }
    boxes = (element.box("SrcRect"), element.box("DstRect"))
  }

  private static func blend(_ name: String?) -> String? {
    guard let name = name?.lowercased(), !name.hasPrefix("near"), name != "mode" else { return nil }
    return name
  }

  /// Whether cells of the VRT are other squares than those of the source, and whether there are fewer, so that GDAL
  /// may take an overview of the source instead; a cell's fraction is a matter of rounding.
  ///
  /// - Parameters:
  ///   - source: columns and rows of the source.
  ///   - target: columns and rows of the VRT.
  func change(from source: Window, to target: Window) -> (moves: Bool, shrinks: Bool) {
    guard !isWarped else { return (false, opensOverview) }
    let from = boxes.from ?? Extent(source)
    let to = boxes.to ?? Extent(target)
    func isOff(_ cells: Double) -> Bool { abs(cells - cells.rounded()) > 1e-2 }
    let (narrower, lower) = (from.width - to.width, from.height - to.height)
    return (
      abs(narrower) > 1e-2 || abs(lower) > 1e-2 || isOff(from.minX - to.minX)
        || isOff(from.minY - to.minY), opensOverview || narrower > 0.5 || lower > 0.5
    )
  }
}

extension Extent {
  fileprivate init(_ window: Window) {
    self.init(
      minX: Double(window.column), minY: Double(window.row),
      maxX: Double(window.columnRange.upperBound), maxY: Double(window.rowRange.upperBound))
  }
}
