import DemoLandscape
import Foundation
import RasterCore

let usage = """
  habitat-demo-landscape [DIR]

  Makes the synthetic demonstration landscape "Land of Big Cats" in DIR, by default
  rasters/land-of-big-cats: land cover, elevation, parks, roads and settlements. The pixels are the
  same on any machine, the files the same bytes with the same libraries.

  Example: habitat-demo-landscape /tmp/land-of-big-cats

  """

let arguments = CommandLine.arguments.dropFirst()
if arguments.contains(where: { $0 == "--help" || $0 == "-h" }) {
  print(usage, terminator: "")
  exit(0)
}
guard arguments.count <= 1, arguments.allSatisfy({ !$0.hasPrefix("-") }) else {
  FileHandle.standardError.write(Data(usage.utf8))
  exit(2)
}
let folder = arguments.first ?? "rasters/land-of-big-cats"
do {
  for path in try LandscapeWriter().write(to: folder) { print("\(folder)/\(path)") }
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(5)
}
