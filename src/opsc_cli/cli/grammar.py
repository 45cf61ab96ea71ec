"""The command line as data: what a manual page and a completion script are written from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option: its spellings, what it takes (None for a flag), what it does, and the environment's word for it."""

    spellings: tuple[str, ...]
    takes: str | None
    does: str
    choices: tuple[str, ...] = ()
    """What it may be given, where that is a closed list of words."""
    variable: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command: its name, what it takes, what it does in a sentence, and examples that run."""

    name: str
    takes: str
    does: str
    examples: tuple[str, ...]
    panel: str
    options: tuple[Option, ...]
    words: tuple[str, ...] = ()
    """What it may be asked about, where that is a closed list."""

    @property
    def takes_states(self) -> bool:
        """Whether a State is what it is asked about."""
        return self.takes.strip("[]").startswith("STATE")
