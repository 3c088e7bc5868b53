/// What a reader must know before using a species model, one topic a case.
///
/// Source: the headings of published HSI models, USFWS (1981), *Ecological Services Manual* 103; for
/// `odmap.…` the elements of the ODMAP protocol that no run can fill in for a model, Zurell et al.
/// (2020), *Ecography* 43, 1261.
public enum DocumentationTopic: String, CaseIterable, Hashable, Sendable {
  case habitatUse
  case area = "applicability.area"
  case season = "applicability.season"
  case coverTypes = "applicability.coverTypes"
  case minimumArea = "applicability.minimumArea"
  case verificationLevel = "applicability.verificationLevel"
  case applicabilityRemarks = "applicability.remarks"
  case modelDescription, relationships, application, otherModels, references, limitations
  case authorship = "odmap.authorship"
  case objective = "odmap.objective"
  case biodiversityData = "odmap.biodiversityData"
  case hypotheses = "odmap.hypotheses"
  case assumptions = "odmap.assumptions"
  case variableSelection = "odmap.variableSelection"
  case collinearity = "odmap.collinearity"
  case performance = "odmap.performance"
  case plausibility = "odmap.plausibility"
  case uncertainty = "odmap.uncertainty"

  /// The place within the `documentation` of a model file.
  public var path: String { rawValue }

  /// Whether a documentation without the topic has a gap.
  public var isExpected: Bool { self != .applicabilityRemarks }
}
