import Foundation
import Synchronization

/// Progress on standard error: a bar on a terminal, GDAL's line of tens elsewhere, or JSON lines.
///
/// Nothing is shown in the first second, so that short runs stay silent.
final class ProgressDisplay: Sendable {
  enum Style: String, Sendable { case auto, json, none }

  private struct State {
    var lastTens = -1
    var lastDraw = 0.0
    var isOpen = false
  }

  private let style: Style
  private let isTerminal = isatty(STDERR_FILENO) != 0
  private let start = ProcessInfo.processInfo.systemUptime
  private let state = Mutex(State())

  init(_ style: Style) { self.style = style }

  func show(_ stage: String, _ share: Double) {
    let elapsed = ProcessInfo.processInfo.systemUptime - start
    guard style != .none, elapsed > 1 else { return }
    state.withLock { state in
      switch style {
      case .none: break
      case .json: showJSON(stage, share, elapsed, &state)
      case .auto where isTerminal: showBar(stage, share, elapsed, &state)
      case .auto: showTens(stage, share, &state)
      }
    }
  }

  /// Ends an open line.
  func finish() {
    state.withLock { state in
      guard state.isOpen else { return }
      Self.write(isTerminal ? "\r\u{1B}[K" : "\n")
      state.isOpen = false
    }
  }

  private func showJSON(_ stage: String, _ share: Double, _ elapsed: Double, _ state: inout State) {
    guard elapsed - state.lastDraw > 0.5 || share >= 1 else { return }
    state.lastDraw = elapsed
    let (percent, seconds) = ((share * 1000).rounded() / 10, (elapsed * 10).rounded() / 10)
    Self.write("{\"stage\": \"\(stage)\", \"percent\": \(percent), \"seconds\": \(seconds)}\n")
  }

  private func showBar(_ stage: String, _ share: Double, _ elapsed: Double, _ state: inout State) {
    guard elapsed - state.lastDraw > 0.1 || share >= 1 else { return }
    state.lastDraw = elapsed
    state.isOpen = true
    let width = 30
    let full = Int(share * Double(width))
    let bar = String(repeating: "█", count: full) + String(repeating: "·", count: width - full)
    let left = share > 0.02 ? ", \(Int((elapsed / share - elapsed).rounded(.up))) s left" : ""
    Self.write("\r\u{1B}[K\(stage) \(bar) \(Int(share * 100)) %\(left)")
  }

  private func showTens(_ stage: String, _ share: Double, _ state: inout State) {
    guard stage == "scoring" else { return }
    let tens = Int(share * 10)
    while state.lastTens < tens {
      state.lastTens += 1
      state.isOpen = true
      Self.write("\(state.lastTens * 10)" + (state.lastTens < 10 ? "..." : " - done.\n"))
      if state.lastTens == 10 { state.isOpen = false }
    }
  }

  private static func write(_ text: String) {
    Terminal.report(text)
  }
}
