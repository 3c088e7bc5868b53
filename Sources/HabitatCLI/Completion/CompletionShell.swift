import RasterCore

/// A shell whose completions call back `habitat --complete SHELL WORDS…`.
enum CompletionShell: String, CaseIterable, Sendable {
  case bash, zsh, fish

  /// What the shell is given: on the first line whether files or folders can stand there, too, and whether
  /// the word is open; then a candidate on each line, with its explanation behind a tab.
  func answer(to words: [String], among commands: [CommandDescription]) -> String {
    let (words, split) = self == .bash ? Self.joined(words.map(Self.unquoted)) : (words, 0)
    let completion = Completion(of: words, among: commands)
    var kinds =
      completion.takesFiles ? ["files"] : completion.takesFolders ? ["folders"] : ["words"]
    if completion.isOpen { kinds.append("open") }
    let lines = completion.candidates.map { candidate in
      let text = String(candidate.text.dropFirst(split))
      if self == .bash { return Self.quoted(text) }
      return candidate.explanation.isEmpty ? text : text + "\t" + candidate.explanation.shown
    }
    return ([kinds.joined(separator: " ")] + lines).map { $0 + "\n" }.joined()
  }

  /// Bash parts words at `=` and `:` and completes what stands behind the last of these.
  ///
  /// - Returns: the words as they were written, and how much of the last one bash takes for others.
  private static func joined(_ parts: [String]) -> (words: [String], split: Int) {
    func isSign(_ part: String) -> Bool { !part.isEmpty && part.allSatisfy { "=:".contains($0) } }
    var words: [String] = []
    for (index, part) in parts.enumerated() {
      if index > 0, isSign(part) || isSign(parts[index - 1]) {
        words[words.count - 1] += part
      } else {
        words.append(part)
      }
    }
    let last = parts.last ?? ""
    return (words, (words.last ?? "").count - (isSign(last) ? 0 : last.count))
  }

  /// A word as it is meant: bash hands on what was typed.
  ///
  /// Source: POSIX.1-2017, Shell Command Language, 2.2, Quoting.
  private static func unquoted(_ typed: String) -> String {
    var (text, quote, isEscaped) = ("", Character?.none, false)
    for character in typed {
      if isEscaped {
        text.append(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, "'\"".contains(character) {
        quote = character
      } else {
        text.append(character)
      }
    }
    return text
  }

  /// A candidate as it has to be typed: bash takes it as it is.
  private static func quoted(_ text: String) -> String {
    text.map { " '\"\\()&;|<>$`*?[#~!".contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  /// The shell's own part, to be sourced or put where the shell looks for it.
  var script: String {
    switch self {
    case .bash:
      #"""
      # Completions of habitat for bash; the candidates come from the program.
      _habitat() {
        local lines
        mapfile -t lines < <("$1" --complete bash "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
        COMPREPLY=("${lines[@]:1}")
        if [[ ${lines[0]} == *open* ]]; then compopt -o nospace; fi
        case ${#COMPREPLY[@]},${lines[0]} in
          0,files*) compopt -o default ;;
          0,folders*) compopt -o dirnames ;;
          *,files*)
            compopt -o filenames
            mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$2") ;;
        esac
      }
      complete -F _habitat habitat

      """#
    case .zsh:
      #"""
      #compdef habitat
      # Completions of habitat for zsh; the candidates come from the program.
      _habitat() {
        local kind
        local -a lines texts shown open
        lines=("${(@f)$(${(Q)words[1]} --complete zsh "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
        kind=$lines[1]
        shift lines
        texts=("${(@)lines%%$'\t'*}")
        shown=("${(@)lines/$'\t'/  -- }")
        if [[ $kind == *open* ]]; then open=(-S ''); fi
        if (( $#lines )); then compadd "${(@)open}" -l -d shown -a texts; fi
        case $kind in
          files*) _files ;;
          folders*) _files -/ ;;
        esac
      }
      if [[ $funcstack[1] == _habitat ]]; then _habitat "$@"; else compdef _habitat habitat; fi

      """#
    case .fish:
      #"""
      # Completions of habitat for fish; the candidates come from the program.
      function __habitat_complete
        set -l words (commandline -opc)
        set -l program $words[1]
        set -e words[1]
        set -l current (commandline -ct)
        set -q current[1]; or set current ''
        set -l lines ($program --complete fish $words $current 2>/dev/null)
        set -q lines[1]; or return
        string match -q 'files*' -- $lines[1]; and __fish_complete_path $current
        string match -q 'folders*' -- $lines[1]; and __fish_complete_directories $current ''
        set -e lines[1]
        set -q lines[1]; and printf '%s\n' $lines
      end
      complete -c habitat -f -a '(__habitat_complete)'

      """#
    }
  }
}
