"""What the tool writes, word by word, for States that show one difficulty each: tests/snapshots/.

`answers.txt` is every answer for every State, a line each: whatever changes one of them shows in the repository's own
differences.

`python -m tests.update_screens` writes them anew; read the difference before you commit it.
"""

from pathlib import Path

import pytest

from tests.snapshots import SNAPSHOTS, written


@pytest.mark.parametrize(("name", "arguments"), SNAPSHOTS.items(), ids=SNAPSHOTS)
def test_the_words_are_as_agreed(name: str, arguments: tuple[str, ...]) -> None:
    agreed = Path(__file__).with_name("snapshots") / f"{name}.txt"
    assert written(arguments) == agreed.read_text(encoding="utf-8")
