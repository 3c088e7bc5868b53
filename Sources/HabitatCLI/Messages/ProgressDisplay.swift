import Documents
import Foundation
import HabitatKit
import RasterCore
import Synchronization

/// Progress on standard error: a bar on a terminal, GDAL's line of tens elsewhere, or JSON lines.
final class ProgressDisplay: Sendable {
  enum Style: String, CaseIterable, Sendable { case auto, json, none }

  private struct State {
    /// Fortieths shown on the line of tens.
    var ticks = -1
    var lastDraw = -Double.infinity
    var stage = ""
    var isOpen = false
  }

  /// A bar is for those who wait: short runs show none.
  private static let patience = 0.5

  private let style: Style
  private let isTerminal: Bool
  private let columns: Int
  private let start = ProcessInfo.processInfo.systemUptime
  private let state = Mutex(State())
  private let write: @Sendable (String) -> Void

  init(
    _ style: Style, isTerminal: Bool = isatty(STDERR_FILENO) != 0,
    columns: Int = Terminal.errors.width ?? 80,
    write: @escaping @Sendable (String) -> Void = { Terminal.report($0) }
  ) {
    (self.style, self.isTerminal, self.columns, self.write) = (style, isTerminal, columns, write)
  }

  /// - Parameters:
  ///   - share: of the whole, 0…1.
  ///   - cells: scored so far.
  func show(_ stage: String, _ share: Double, cells: Int = 0) {
    let elapsed = ProcessInfo.processInfo.systemUptime - start
    let now = Moment(stage: stage, share: share, cells: cells, elapsed: elapsed)
    state.withLock { state in
      switch style {
      case .none: break
      case .json: showJSON(now, &state)
      case .auto where isTerminal: showBar(now, &state)
      case .auto: showTens(share, &state)
      }
    }
  }

  func show(_ progress: RunProgress) {
    show(progress.stage.rawValue, progress.share, cells: progress.cells)
  }

  /// Does `work`, whose progress is shown, and ends the line, whatever becomes of it.
  func during<Result>(
    _ work: () throws(HabitatError) -> Result
  ) throws(HabitatError) -> Result {
    do throws(HabitatError) {
      let result = try work()
      finish()
      return result
    } catch {
      stop()
      throw error
    }
  }

  /// All is done: a line of tens goes to its end, a bar goes away.
  func finish() {
    state.withLock { state in
      if style == .auto, !isTerminal, state.ticks >= 0 { showTens(1, &state) }
      closeLine(&state)
    }
  }

  /// Ends an open line where it is: nothing is done.
  func stop() { state.withLock { closeLine(&$0) } }

  private func closeLine(_ state: inout State) {
    guard state.isOpen else { return }
    write(isTerminal ? "\r\u{1B}[K" : "\n")
    state.isOpen = false
  }

  private struct Moment {
    let stage: String
    let share: Double
    let cells: Int
    let elapsed: Double

    /// Cells a second.
    var rate: Double { Double(cells) / max(elapsed, 1e-3) }
    /// `nil` while there is too little to go by.
    var secondsLeft: Double? { share > 0.02 ? elapsed / share - elapsed : nil }
  }

  private func showJSON(_ now: Moment, _ state: inout State) {
    let isNews = now.stage != state.stage || now.share >= 1
    guard isNews || now.elapsed - state.lastDraw > 0.5 else { return }
    (state.lastDraw, state.stage) = (now.elapsed, now.stage)
    func rounded(_ value: Double) -> JSONValue { .number((value * 10).rounded() / 10) }
    let line = JSONValue.object([
      .init("stage", .string(now.stage)), .init("percent", rounded(now.share * 100)),
      .init("seconds", rounded(now.elapsed)),
      .init("seconds_left", now.secondsLeft.map(rounded) ?? .null),
      .init("cells", .number(Double(now.cells))),
      .init("cells_per_second", .number(now.rate.rounded())),
    ])
    write(line.compactText + "\n")
  }

  private func showBar(_ now: Moment, _ state: inout State) {
    guard now.elapsed > Self.patience, now.elapsed - state.lastDraw > 0.1 else { return }
    state.lastDraw = now.elapsed
    state.isOpen = true
    var text = " \(Int(now.share * 100)) %"
    // A small grid is done before there is a rate to speak of.
    if now.rate >= 5e4 { text += ", \((now.rate / 1e6).formatted(decimals: 1)) million cells/s" }
    let left = now.secondsLeft.map { ", \(Int($0.rounded(.up))) s left" } ?? ""
    if now.stage.count + text.count + left.count + 2 >= columns {
      text = " \(Int(now.share * 100)) %"
    }
    text += left
    // A line that wraps could not be drawn over.
    let width = max(0, min(30, columns - 1 - now.stage.count - 1 - text.count))
    let full = Int(now.share * Double(width))
    let bar = String(repeating: "█", count: full) + String(repeating: "·", count: width - full)
    write("\r\u{1B}[K" + "\(now.stage) \(bar)\(text)".prefix(columns - 1))
  }

  /// As GDAL's programs do: a number every tenth and three points between.
  private func showTens(_ share: Double, _ state: inout State) {
    let ticks = Int(share * 40 + 1e-9)
    var text = ""
    while state.ticks < ticks {
      state.ticks += 1
      text += state.ticks % 4 == 0 ? String(state.ticks / 4 * 10) : "."
      state.isOpen = true
    }
    if state.ticks == 40, state.isOpen {
      text += " - done.\n"
      state.isOpen = false
    }
    if !text.isEmpty { write(text) }
  }
}
