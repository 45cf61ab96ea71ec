"""Files of an installation: what its package worked out from the dataset when it was built.

The first line of each file says what it holds for, one program and one dataset, and has a checksum of the rest. A file
that is absent, damaged or of another version is not read; the answer is then worked out from the record, the same.
"""

import os

from opsc_cli.record.frozen import Frozen

_PRIME = 2**30 - 35  # the largest that Python divides by in one pass


class Installed(Frozen, kw_only=False):
    """The folder of the files, and what they hold for."""

    folder: str
    holds_for: str

    def read(self, file: str) -> bytes | None:
        """What the file holds; None if it cannot be used."""
        try:
            with open(os.path.join(self.folder, file), "rb") as opened:
                first, content = opened.readline(), opened.read()
        except OSError:
            return None
        return content if first == _first_line(self.holds_for, content) else None


def sealed(text: str, holds_for: str) -> bytes:
    """What a file has that `read` gives as `text`."""
    content = text.encode()
    return _first_line(holds_for, content) + content


def _first_line(holds_for: str, content: bytes) -> bytes:
    """The checksum takes the bytes as one number: no module need be imported for it."""
    return b"%s %d\n" % (holds_for.encode(), int.from_bytes(content) % _PRIME)
