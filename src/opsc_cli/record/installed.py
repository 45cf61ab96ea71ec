"""Files of an installation: what its package worked out from the dataset when it was built.

The first line of each file is a checksum of the rest and of what it holds for, one dataset and one program. A file that
is absent, damaged or of another version is not read; the answer is then worked out from the record, and is the same.
"""

import os
from typing import NamedTuple

_PRIME = 2**30 - 35  # the largest that Python divides by in one pass


class Installed(NamedTuple):
    """The folder of the files, and what they hold for."""

    folder: str
    holds_for: str

    def read(self, file: str) -> str | None:
        """What the file holds; None if it cannot be used."""
        try:
            with open(os.path.join(self.folder, file), "rb") as opened:
                checksum, content = opened.readline(), opened.read()
        except OSError:
            return None
        return content.decode() if checksum == _checksum(self.holds_for, content) else None


def sealed(text: str, holds_for: str) -> bytes:
    """What a file has that `read` gives as `text`."""
    content = text.encode()
    return _checksum(holds_for, content) + content


def _checksum(holds_for: str, content: bytes) -> bytes:
    """The bytes as one number, and its remainder: no module need be imported."""
    return b"%d\n" % (int.from_bytes(holds_for.encode() + content) % _PRIME)
