"""Sites that several tests look at: each is built once, whichever process asks first."""

import fcntl
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.commands import OPSC

DAY = "2026-11-21"


def built(
    factory: pytest.TempPathFactory, name: str, *options: str | Path, env: Mapping[str, str] | None = None
) -> Path:
    """The folder of the site that `opsc site --as-of DAY` writes with these options."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / f"{name}-made"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            command = [OPSC, "site", folder, "--as-of", DAY, *options]
            done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
            assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return folder
