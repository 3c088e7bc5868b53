import RasterCore
import Reclassification
import Reporting
import Styles

/// How a raster is stored and drawn.
struct LayerForm {
  let nodata: Double
  /// An amount and not a code.
  let isAmount: Bool
  /// `nil` for amounts.
  let legend: ColourLegend?
  let style: RasterStyle

  init(_ layer: OutputLayer, of model: SpeciesModel) {
    switch layer {
    case .suitabilityClass: self.init(.suitabilityClasses)
    case .limiting:
      // Few models score the distance to water: only their legends name it.
      self.init(
        model.layers.contains(.water)
          ? .limitingFactors : .limitingFactors.leavingOut(LimitingFactor.water.rawValue))
    case .score: self.init(.score)
    case .resistance: self.init(.resistance(maximum: model.resistance.maximum))
    }
  }

  private init(_ legend: ColourLegend) {
    (nodata, isAmount, self.legend, style) = (0, false, legend, .codes(legend))
  }

  private init(_ ramp: ColourRamp) {
    let nodata = Double(ResistanceTransform.nodata)
    (self.nodata, isAmount, legend) = (nodata, true, nil)
    style = .amounts(ramp, nodata: nodata)
  }
}
