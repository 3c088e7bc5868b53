import Machine
import RasterCore
import RunFolder

extension ScoreRequest: Job {
  init(recordedIn record: RunRecord) throws(HabitatError) { self = try record.request() }

  func run(
    into folder: String, threads: Int?, memory: Int?, _ observer: ScoreRun.Observer
  ) throws(HabitatError) {
    var request = self
    request.output = folder
    request.threads = min(threads ?? ScoreOptions.allCores, ScoreOptions.mostThreads)
    if let memory { request.memory = min(memory, MemoryLimits.most) }
    _ = try ScoreRun(request, isCancelled: observer.isCancelled).run(observer)
  }
}
