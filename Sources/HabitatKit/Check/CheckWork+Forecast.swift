import RasterCore
import Reclassification

extension CheckWork {
  /// Foretells what a run would cost of the models that find what they need, as `score --dry-run` does.
  ///
  /// It comes last: what would stop a run has been found by then, but for a budget of memory that is too small.
  mutating func forecast() {
    guard report.errors.isEmpty, legend != nil else { return }
    let models = zip(check.models, report.models).filter { $1.canRun }.map { $0.0 }
    guard !models.isEmpty else { return }
    var request = ScoreRequest(landscape: check.landscape, models: models)
    (request.grid, request.allowGaps) = (check.customGrid, check.allowGaps)
    (request.threads, request.memory) = (check.threads, check.memory)
    // A check has no folder of results that it could harm.
    request.overwrite = true
    let asked = request
    progress("forecast", 0)
    report.cost = attempt { _ throws(HabitatError) in try ScoreRun(asked).forecast() }
    progress("forecast", 1)
  }
}
