"""Completion scripts for bash, zsh and fish. They are static: pressing Tab does not start Python.

Each contains the commands, their options, the values of options with a closed list, and the States by code and name.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from opsc_cli.cli.tree import Command, Option

StateNames = Mapping[str, str]
"""What the user may type for a State (its code or name), and its name."""


def _quoted(text: str) -> str:
    """`text` as one word in bash and zsh."""
    return "'" + text.replace("'", "'\\''") + "'"


def _quoted_for_fish(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def bash(commands: Sequence[Command], states: StateNames) -> str:
    """The script for bash: source it, or save it in the folder of bash-completion."""
    return _BASH.format(
        commands=" ".join(c.name for c in commands),
        options="\n".join(f"    {c.name}) words='{' '.join(_spellings(c))}' ;;" for c in commands),
        choices="\n".join(f"    {cases}) words='{' '.join(words)}' ;;" for words, cases in _choices(commands).items()),
        words="\n".join(f"    {c.name}) words='{' '.join(c.words)}' ;;" for c in commands if c.words),
        free="|".join(_free(commands)),
        files="|".join(_takes_path(commands)),
        of_states="|".join(c.name for c in commands if c.takes_states),
        states="\n".join(_quoted(text) for text in states),
    )


_BASH = r"""# bash completion for opsc, written by `opsc completion bash`
_opsc_states=(
{states}
)
_opsc() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} words= state typed minded
  COMPREPLY=()
  if (( COMP_CWORD == 1 )); then
    COMPREPLY=($(compgen -W '{commands} --help --version' -- "$current"))
    return
  fi
  case $previous in
    {files}) compopt -o default 2>/dev/null; return ;;
  esac
  case "${{COMP_WORDS[1]}} $previous" in
{choices}
    {free}) return ;;
  esac
  if [[ -z $words && $current != -* && COMP_CWORD -eq 2 ]]; then
    case ${{COMP_WORDS[1]}} in
{words}
    esac
  fi
  if [[ -z $words && $current == -* ]]; then
    case ${{COMP_WORDS[1]}} in
{options}
    esac
  fi
  if [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    return
  fi
  case ${{COMP_WORDS[1]}} in
    {of_states})
      typed=${{current#[\"\']}}; typed=${{typed//\\/}}
      shopt -q nocasematch; minded=$?; shopt -s nocasematch
      for state in "${{_opsc_states[@]}}"; do
        [[ $state == "$typed"* ]] || continue
        if [[ $current == [\"\']* ]]; then COMPREPLY+=("$state"); else COMPREPLY+=("$(printf %q "$state")"); fi
      done
      (( minded )) && shopt -u nocasematch ;;
    *) compopt -o default 2>/dev/null ;;
  esac
}}
complete -F _opsc opsc
"""


def zsh(commands: Sequence[Command], states: StateNames) -> str:
    """The script for zsh: save it as `_opsc` in a folder of fpath."""
    return _ZSH.format(
        commands="\n".join(f"  {_quoted(f'{c.name}:{c.does}')}" for c in commands),
        states="\n".join(f"  {_quoted(_with_meaning(text, name))}" for text, name in states.items()),
        cases="\n".join(_zsh_case(c) for c in commands),
    )


def _with_meaning(text: str, name: str) -> str:
    text = text.replace(":", "\\:")
    return text if text == name else f"{text}:{name}"


def _zsh_case(command: Command) -> str:
    specs = []
    for option in command.options:
        values = f"({' '.join(option.choices)})" if option.choices else "_files" if option.takes in _PATHS else " "
        taken = f":{option.takes.lower()}:{values}" if option.takes else ""
        does = option.summary.replace("[", "(").replace("]", ")").replace(":", " -")
        specs += [_quoted(f"{spelling}[{does}]{taken}") for spelling in option.spellings]
    words = f"'1:word:({' '.join(command.words)})' " if command.words else ""
    rest = "'*:State:_opsc_state'" if command.takes_states else f"{words}'*:file:_files'"
    return f"    {command.name}) _arguments -s {' '.join(specs)} {rest} ;;"


_ZSH = r"""#compdef opsc
# zsh completion for opsc, written by `opsc completion zsh`
_opsc_commands=(
{commands}
)
_opsc_states=(
{states}
)
_opsc_state() {{ _describe -t states State _opsc_states -M 'm:{{a-zA-Z}}={{A-Za-z}}' }}
_opsc() {{
  if (( CURRENT == 2 )); then
    _describe -t commands command _opsc_commands
    return
  fi
  local command=$words[2]
  (( CURRENT-- ))
  shift words
  case $command in
{cases}
  esac
}}
if [[ $funcstack[1] == _opsc ]]; then _opsc "$@"; else compdef _opsc opsc; fi
"""


def fish(commands: Sequence[Command], states: StateNames) -> str:
    """The script for fish: save it as `opsc.fish` in its folder of completions."""
    return "\n".join((*_fish_lines(commands, states), ""))


def _fish_lines(commands: Sequence[Command], states: StateNames) -> Iterator[str]:
    yield "# fish completion for opsc, written by `opsc completion fish`"
    yield "complete -c opsc -f"
    for command in commands:
        first = f"-n __fish_use_subcommand -a {command.name}"
        yield f"complete -c opsc {first} -d {_quoted_for_fish(command.does)}"
        within = f"-n '__fish_seen_subcommand_from {command.name}'"
        for option in command.options:
            yield f"complete -c opsc {within} {' '.join(_fish_option(option.spellings))}{_fish_values(option)}"
        if command.words:
            yield f"complete -c opsc {within} -a {_quoted_for_fish(' '.join(command.words))}"
    of_states = " ".join(c.name for c in commands if c.takes_states)
    yield "function __opsc_states"
    for text, name in states.items():
        yield f"  printf '%s\\t%s\\n' {_quoted_for_fish(text)} {_quoted_for_fish(name)}"
    yield "end"
    yield f"complete -c opsc -n '__fish_seen_subcommand_from {of_states}' -a '(__opsc_states)'"
    of_folders = " ".join(c.name for c in commands if c.takes.strip("[]").startswith(("DIR", "OLD")))
    yield f"complete -c opsc -n '__fish_seen_subcommand_from {of_folders}' -F"


def _fish_option(spellings: Sequence[str]) -> Iterator[str]:
    for spelling in spellings:
        yield f"-l {spelling[2:]}" if spelling.startswith("--") else f"-s {spelling[1:]}"


def _fish_values(option: Option) -> str:
    does = f" -d {_quoted_for_fish(option.summary)}"
    if option.choices:
        return f" -x -a {_quoted_for_fish(' '.join(option.choices))}{does}"
    return (" -r -F" if option.takes in _PATHS else " -x" if option.takes else "") + does


# ── shared by the scripts ───────────────────────────────────────────────────────────────────────

_PATHS = ("DIR", "FILE")


def _spellings(command: Command) -> Iterator[str]:
    for option in command.options:
        yield from option.spellings


def _choices(commands: Sequence[Command]) -> dict[tuple[str, ...], str]:
    """The closed lists, each with a bash pattern of the commands and options that accept it."""
    cases: dict[tuple[str, ...], list[str]] = {}
    for command in commands:
        for option in command.options:
            if option.choices:
                cases.setdefault(option.choices, []).extend(f'"{command.name} {s}"' for s in option.spellings)
    return {words: "|".join(patterns) for words, patterns in cases.items()}


def _free(commands: Sequence[Command]) -> Iterator[str]:
    """Bash patterns of the commands and options that accept free text, such as a day."""
    for command in commands:
        for option in command.options:
            if option.takes and option.takes not in _PATHS and not option.choices:
                yield from (f'"{command.name} {spelling}"' for spelling in option.spellings)


def _takes_path(commands: Sequence[Command]) -> list[str]:
    options = (option for command in commands for option in command.options if option.takes in _PATHS)
    return list(dict.fromkeys(spelling for option in options for spelling in option.spellings))


SHELLS: Mapping[str, Callable[[Sequence[Command], StateNames], str]] = {"bash": bash, "zsh": zsh, "fish": fish}
"""The script for each shell."""
