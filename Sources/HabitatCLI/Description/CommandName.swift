/// The words behind `habitat`, in the order in which commands are listed.
enum CommandName: String, CaseIterable, Sendable {
  case score, check, report, verify, explain, species, legends, completions, help, version
}
