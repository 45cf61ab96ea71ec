"""The faults of tests/broken/: edits on a small valid dataset, and the findings expected. Its README has the rules."""

import re
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

BROKEN = Path(__file__).with_name("broken")
BASE = {path.stem: path.read_text(encoding="utf-8") for path in sorted((BROKEN / "base").glob("*.yaml"))}


class Edited(NamedTuple):
    """The text of a file, and where the lines that the last edit wrote begin and end."""

    text: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Fault:
    """A case: an edit or several, the findings expected, and optionally words of a message."""

    title: str
    file: str
    edits: list[dict[str, str]]
    expect: str
    says: str = ""

    @cached_property
    def edited(self) -> dict[str, Edited]:
        """The files that the edits change, by their names."""
        files: dict[str, Edited] = {}
        for edit in self.edits:
            assert edit.keys() <= {"file", "replace", "with"}, f"{self.title}: {list(edit)}"
            name = edit.get("file", self.file)
            before = files[name].text if name in files else BASE[name]
            files[name] = replaced(before, edit["replace"], edit.get("with", ""))
        return files

    @property
    def expected(self) -> list[str]:
        """The findings expected, `FILE:LINE:COLUMN CODE` each."""
        listed = [] if self.expect == "nothing" else self.expect.split(", ")
        return sorted(self._placed(finding) for finding in listed)

    def _placed(self, finding: str) -> str:
        match = re.fullmatch(r"(\w+) (at|after) (.+?)(?: in (\w+))?", finding)
        assert match, f"{self.title}: not CODE at PLACE: {finding}"
        code, where, words, name = match.groups(default=self.file)
        line, column = place(self.edited.get(name, Edited(BASE[name])), words, after=where == "after")
        return f"{name}.yaml:{line}:{column} {code}"

    def written_to(self, folder: Path) -> Path:
        """The dataset after the edits, as files of `folder`."""
        base(folder)
        for name, edit in self.edited.items():
            (folder / f"{name}.yaml").write_bytes(bytes_of(edit.text))
        return folder


def base(folder: Path) -> Path:
    """The valid dataset, copied to `folder`."""
    return shutil.copytree(BROKEN / "base", folder, dirs_exist_ok=True)


def bytes_of(text: str) -> bytes:
    r"""`\udce7` in a case is the byte E7, which is not UTF-8."""
    return text.encode("utf-8", "surrogateescape")


def replaced(text: str, lines: str, by: str) -> Edited:
    """`text` with the lines `by` in place of `lines`, which must be found exactly once."""
    found = list(re.finditer(_pattern(lines), text, re.MULTILINE))
    assert len(found) == 1, f"expected these lines once, found them {len(found)} times:\n{lines}"
    start, end = found[0].span()
    new = "".join(f"{found[0]['indent']}{line}\n" for line in by.removesuffix("\n").split("\n")) if by else ""
    assert new != found[0][0], f"an edit that changes nothing:\n{lines}"
    return Edited(text[:start] + new + text[end:], start, start + len(new))


def _pattern(lines: str) -> str:
    """Whole lines at any indentation; `…` stands for all that follow at least as far to the right."""
    first, *rest = lines.removesuffix("\n").split("\n")
    pattern = "^(?P<indent> *)" + re.escape(first)
    for line in rest:
        elided = line.endswith("…")
        pattern += rf"(?:\n(?P=indent){line[:-1]}.*)*" if elided else r"\n(?P=indent)" + re.escape(line)
    return pattern + "\n"


def place(edit: Edited, words: str, *, after: bool = False) -> tuple[int, int]:
    """Line and column of the last of `words`: the first must be found exactly once, each other is the next after it."""
    first, *rest = words.split(" … ")
    matches = _found(first, edit.text, edit.start, edit.end) or _found(first, edit.text)
    assert len(matches) == 1, f"expected {first!r} once, found it {len(matches)} times"
    for word in rest:
        matches = _found(word, edit.text, matches[0].end())
        assert matches, f"no {word!r} in what follows, of {words!r}"
    at = matches[0].end() if after else matches[0].start()
    return edit.text.count("\n", 0, at) + 1, at - edit.text.rfind("\n", 0, at)


def _found(word: str, text: str, start: int = 0, end: int | None = None) -> list[re.Match[str]]:
    """Where `word` is in `text`, as a whole key or value."""
    pattern = re.compile(rf"(?<!\S){re.escape(word)}:?(?=\s|$)")
    return list(pattern.finditer(text, start, len(text) if end is None else end))


def _faults(path: Path) -> list[Fault]:
    group = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return [_fault({"file": group["file"]} | case) for case in group["cases"]]


def _fault(case: dict[str, Any]) -> Fault:
    """A case of one edit has its lines itself; a case of several lists them below `edits`."""
    own: dict[str, str] = {key: case.pop(key) for key in ("replace", "with") if key in case}
    return Fault(edits=[own], **case) if own else Fault(**case)


CASES = [fault for path in sorted(BROKEN.glob("*.yaml")) for fault in _faults(path)]
FAULTS = {fault.title: fault for fault in CASES}
