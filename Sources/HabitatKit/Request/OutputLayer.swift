/// The rasters a run may write for each species.
public enum OutputLayer: String, CaseIterable, Sendable {
  case suitabilityClass = "class"
  case score, resistance, limiting
}
