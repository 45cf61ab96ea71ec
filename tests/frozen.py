"""The dataset that the tests ask: tests/data/, frozen in November 2026; a change of data/ turns no test red.

It is compiled once, and every process that a test starts finds it in the place of the module that the package's build
compiles (`opsc_cli._dataset`), through a `sitecustomize` on its path.
"""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

FROZEN = Path(__file__).with_name("data")

_SITE = '''"""Finds the frozen dataset of the tests in place of the compiled one."""

import sys


class Frozen:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "opsc_cli._dataset":
            from importlib.util import spec_from_file_location

            return spec_from_file_location(name, {module!r})


sys.meta_path.insert(0, Frozen)
'''


def take_the_place_of_the_dataset() -> Path:
    """Makes this process, and those that it starts, answer from the frozen dataset.

    Returns a folder to work in: like a checkout it has the dataset in data/, and where git is installed a commit of it.
    """
    folder = _compiled()
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    exec((folder / "sitecustomize.py").read_text(encoding="utf-8"), {})
    return folder / "checkout"


def _compiled() -> Path:
    from opsc_cli.dataset import compiling
    from opsc_cli.dataset.compiled import fingerprint
    from opsc_cli.dataset.compiling import compile_into
    from opsc_cli.dataset.load import load, packaged_folder

    bound_to = fingerprint(packaged_folder())
    ours = (Path(__file__), Path(compiling.__file__))
    made_from = f"{bound_to} {fingerprint(FROZEN)}".encode() + b"".join(path.read_bytes() for path in ours)
    known_by = hashlib.sha256(made_from).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"opsc-tests-{known_by}"
    if not folder.is_dir():
        made = Path(tempfile.mkdtemp(dir=folder.parent))
        compile_into(made / "frozen_dataset.py", load(FROZEN), bound_to)
        site = _SITE.format(module=str(folder / "frozen_dataset.py"))
        (made / "sitecustomize.py").write_text(site, encoding="utf-8")
        _check_out(made / "checkout")
        with suppress(OSError):  # another worker was quicker
            made.rename(folder)
    return folder


def _check_out(folder: Path) -> None:
    shutil.copytree(FROZEN, folder / "data")
    if shutil.which("git"):
        author = ("-c", "user.name=tests", "-c", "user.email=tests@example.org")
        for command in (("init", "--quiet"), ("add", "data"), (*author, "commit", "--quiet", "--message", "data")):
            subprocess.run(["git", *command], cwd=folder, check=True)


def written_for(states: Collection[str], folder: Path) -> Path:
    """The frozen dataset as files of `folder`, of these States alone: what is on record of others is left out."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in FROZEN.glob("*.yaml")}
    others = set(re.findall(r"^  ([A-Z]{3}):", texts["states"], re.M)).difference(states)
    texts["names"] = _without({"refused"}, texts["names"])
    for name in ("states", "names", "readings"):
        texts[name] = _without(others, texts[name])
    texts["readings"] = re.sub(r"\nonce:\n$", "", texts["readings"])
    texts["counts"] = _ONE_COUNT
    cited = set(re.findall(r"^ +(?:- |source: )([\w-]+)$", "".join(texts.values()), re.M))
    uncited = set(re.findall(r"^  ([\w-]+):$", texts["sources"], re.M)) - cited
    for name in ("sources", "readings"):
        texts[name] = _without(uncited, texts[name])
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


_ONE_COUNT = """counts:
  - of: signatures
    on: 2008-03
    value: 115
    sources:
      - NETWORK-FAQ-2008
    explained: The published total counts all States.
"""


def _without(keys: Collection[str], text: str) -> str:
    """The YAML text without the entries that have one of these keys, or several with one of them, at any depth."""
    several = f"(?:[A-Z]{{3}}, )*(?:{'|'.join(map(re.escape, sorted(keys)))})(?:, [A-Z]{{3}})*"
    kept = re.sub(rf"^( *){several}:.*\n(?:\1 +.*\n|\n(?=\1 ))*", "", text, flags=re.M)
    return re.sub(r"\n{3,}", "\n\n", kept).rstrip() + "\n"
