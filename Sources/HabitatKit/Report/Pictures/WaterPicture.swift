import GeoIO
import RasterCore
import Reporting

extension MapPictures {
  /// How much of each block of a plan is water, in per cent, as the run counted it.
  ///
  /// - Parameter name: of the file of such blocks.
  /// - Throws: `.input`, slug `output-changed`.
  func water(
    _ name: String, of plan: BlockPlan, on grid: Grid
  ) throws(HabitatError) -> Raster<UInt8> {
    let dataset = try run.raster(name)
    guard let place = dataset.geotransform else {
      throw run.unreadable(name, "it has no georeferencing")
    }
    let corner = grid.geotransform.index(of: place.point(column: 0, row: 0))
    let first = [corner.x, corner.y].map { Int(bounded: ($0 / Double(plan.block)).rounded()) }
    let file = Window(
      column: first[0], row: first[1], columns: dataset.columns, rows: dataset.rows)
    let blocks = Window(
      column: plan.window.column / plan.block, row: plan.window.row / plan.block,
      columns: plan.columns, rows: plan.rows)
    var shares = Raster(columns: plan.columns, rows: plan.rows, filledWith: UInt8(0))
    guard let part = blocks.intersection(file) else { return shares }
    var cells = [UInt8](repeating: 0, count: part.cellCount)
    do throws(HabitatError) {
      try dataset.read(part.counted(from: file), band: 1, into: &cells)
    } catch {
      throw run.unreadable(name, error.what)
    }
    if let stray = cells.first(where: { $0 > 100 }) {
      throw run.unreadable(name, "it holds \(stray), which is no per cent")
    }
    let target = part.counted(from: blocks)
    for row in 0..<part.rows {
      for column in 0..<part.columns {
        shares[target.column + column, target.row + row] = cells[row * part.columns + column]
      }
    }
    return shares
  }
}

extension ClassBlocks {
  /// Marks water among what is not suitable, so that sea and lakes are seen to be such: blocks most of which
  /// is water.
  ///
  /// - Parameter water: per cent of each block.
  mutating func showWater(_ water: Raster<UInt8>) {
    for row in 0..<codes.rows {
      for column in 0..<codes.columns
      where codes[column, row] == SuitabilityClass.notSuitable.rawValue && water[column, row] > 50 {
        codes[column, row] = ReportMap.waterCode
      }
    }
  }

  /// The same where the run counted none, by the basemap: where that is as fine as the classes are drawn, for
  /// coarser water would hide land.
  mutating func showWater(of landCover: MapPictures.Overview) {
    let (block, raster) = (landCover.block, landCover.raster)
    guard block <= plan.block else { return }
    /// The land cover's cell under the middle of a block.
    func place(_ first: Int, _ index: Int, _ start: Int) -> Int {
      let cell = first + index * plan.block + plan.block / 2 - start
      return cell < 0 ? -1 : cell / block
    }
    for row in 0..<codes.rows {
      let other = place(plan.window.row, row, landCover.row)
      guard 0..<raster.rows ~= other else { continue }
      for column in 0..<codes.columns
      where codes[column, row] == SuitabilityClass.notSuitable.rawValue {
        let place = place(plan.window.column, column, landCover.column)
        guard 0..<raster.columns ~= place, raster[place, other] == LandCategory.water.rawValue
        else { continue }
        codes[column, row] = ReportMap.waterCode
      }
    }
  }
}
