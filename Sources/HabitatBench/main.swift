import Foundation
import RasterCore

let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.contains("--help") || arguments.contains("-h") {
  print(BenchOptions.usage, terminator: "")
  exit(0)
}
do {
  if arguments.first == MeasuredProcess.argument {
    try MeasuredProcess.main(arguments)
  } else {
    try Benchmark(options: try BenchOptions(arguments)).run()
  }
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(error.kind == .usage ? 2 : 1)
}
