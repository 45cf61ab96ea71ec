"""What a call may take: ten seconds, 200 MB."""

import signal
import time
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

LONGEST_SECONDS, MOST_MEGABYTES = 10, 200

_HIGHEST = "5"
"""What /proc/self/clear_refs takes to forget the most memory that the process has had."""


class Slow(BaseException):
    """A call takes longer than LONGEST_SECONDS."""


class Bounds(AbstractContextManager["Bounds"]):
    """Measures one call, and ends it when it takes too long. Time waiting for a processor is not the call's."""

    def __init__(self) -> None:
        Path("/proc/self/clear_refs").write_text(_HIGHEST)
        self.begun = _now()

    def __enter__(self) -> "Bounds":
        signal.signal(signal.SIGALRM, self._look)
        signal.setitimer(signal.ITIMER_REAL, LONGEST_SECONDS, 1)
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _look(self, *_: Any) -> None:
        if _now() - self.begun > LONGEST_SECONDS:
            raise Slow

    def taken(self) -> tuple[float, int]:
        """Seconds, and the most megabytes that the process had meanwhile, with all that it holds for every call."""
        return _now() - self.begun, _most_megabytes()


def _now() -> float:
    """Seconds, without those that this process has waited for a processor."""
    _, waited, _ = Path("/proc/self/schedstat").read_text().split()
    return time.monotonic() - int(waited) / 1e9


def _most_megabytes() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024
