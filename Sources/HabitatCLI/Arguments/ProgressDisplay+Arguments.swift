extension ProgressDisplay {
  /// The display that `--progress` and `--quiet` ask for.
  convenience init(_ arguments: Arguments) {
    let style = arguments.value("--progress").flatMap(Style.init) ?? .auto
    self.init(arguments.has("--quiet") ? .none : style)
  }
}
