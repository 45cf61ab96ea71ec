"""The canonical layout and the JSON Schemas: the repository's files are in the one and fit the other."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator, meta

from opsc_cli.dataset.fmt import CannotBeKept, canonical
from opsc_cli.dataset.reader import read
from opsc_cli.dataset.schemas import names, schema_text
from tests.commands import opsc
from tests.conftest import ROOT, tries
from tests.faults import BROKEN, FAULTS, base

DATA = ROOT / "data"
UGLY = """\ufeff# A head.


states:   # the States
     AUT:  # Austria
          # above a key
          signature:
               signed:   '2000-09-06'   # beside a value
               sources: [ TABLE , "OTHER" ]
          note: "a: b"   \r


     "NPL":
          sources:
          - one   # beside an item
          # between items
          - "#two"
# at the end
"""
TIDY = """# A head.

states: # the States
  AUT: # Austria
    # above a key
    signature:
      signed: 2000-09-06 # beside a value
      sources:
        - TABLE
        - OTHER
    note: "a: b"

  NPL:
    sources:
      - one # beside an item
      # between items
      - "#two"
# at the end
"""


def test_comments_and_order_are_kept() -> None:
    assert canonical(UGLY) == TIDY
    assert canonical(TIDY) == TIDY


@pytest.mark.parametrize("path", sorted(BROKEN.glob("base/*.yaml")) + sorted(DATA.glob("*.yaml")), ids=lambda p: p.stem)
def test_a_file_says_the_same_in_its_layout(path: Path, tmp_path: Path) -> None:
    laid_out = tmp_path / path.name
    laid_out.write_text(canonical(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert read(laid_out).value == read(path).value
    assert _comments(laid_out) == _comments(path)


def _comments(path: Path) -> list[str]:
    return re.findall(r"(?:^|\s)(#.*)$", path.read_text(encoding="utf-8"), re.M)


text = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12).filter(str.isprintable)
values: Any = st.recursive(
    text, lambda below: st.lists(below, min_size=1, max_size=3) | st.dictionaries(text, below, min_size=1, max_size=3)
)


@settings(max_examples=tries(60), deadline=None)
@given(st.dictionaries(text, values, min_size=1, max_size=4), st.booleans())
def test_any_text_reads_back(value: Any, flow: bool) -> None:
    written = yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow, width=10_000)
    laid_out = canonical(written)
    assert yaml.load(laid_out, Loader=yaml.BaseLoader) == value
    assert canonical(laid_out) == laid_out


ODD = {
    "behind the sign of a folded text, and under it": (
        "note: >- # a\n  text\n  more\n# b\nx: 1\n",
        "note: text more # a\n# b\nx: 1\n",
    ),
    "behind a text over lines": ("note: one\n  two # a\nx: 1\n", "note: one two # a\nx: 1\n"),
    "between a key and its value": ("key: # a\n  # b\n  value # c\n", "# a\n# b\nkey: value # c\n"),
    "behind a hyphen": ("sources: # a\n  - # b\n    c\n", "sources: # a\n  # b\n  - c\n"),
    "in a list in brackets": (
        "k: [a, # a\n  b # b\n  # c\n  ] # d\nx: 1\n",
        "k: # d\n  - a\n  # a\n  - b # b\n# c\nx: 1\n",
    ),
    "around the marks of a document": ("# a\n--- # b\nx: 1\n... # c\n", "# a\n# b\nx: 1\n# c\n"),
    "behind a tab": ("x: 2008\t# a\n", "x: 2008 # a\n"),
}


@pytest.mark.parametrize(("written", "laid_out"), ODD.values(), ids=ODD)
def test_a_comment_in_an_odd_place_is_kept(written: str, laid_out: str) -> None:
    assert canonical(written) == laid_out
    assert canonical(laid_out) == laid_out


@settings(max_examples=tries(60), deadline=None)
@given(st.dictionaries(text, values, min_size=1, max_size=4), st.booleans(), st.data())
def test_no_comment_is_lost_wherever_it_stands(value: Any, flow: bool, data: st.DataObject) -> None:
    lines = yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow, width=20).split("\n")
    commented = "\n".join(line + data.draw(st.sampled_from(["", " # a", "\n# b", "\n"])) for line in lines)
    try:
        said = yaml.load(commented, Loader=yaml.BaseLoader)
        laid_out = canonical(commented)
    except yaml.YAMLError:
        return
    except CannotBeKept:
        assert "\\n" in repr(said), "only a text over lines has no place"
        return
    assert yaml.load(laid_out, Loader=yaml.BaseLoader) == said
    assert laid_out.count("#") == commented.count("#")
    assert canonical(laid_out) == laid_out


@pytest.mark.parametrize("written", ["hello\n", f"? {'k' * 1100}\n: v\n", "a: |\n  one\n  two\n"])
def test_what_the_layout_cannot_say_is_refused(written: str) -> None:
    with pytest.raises(CannotBeKept):
        canonical(written)


def test_fmt_loses_nothing(tmp_path: Path) -> None:
    (base(tmp_path) / "counts.yaml").write_text("hello\n")
    (tmp_path / "states.yaml").write_text((tmp_path / "states.yaml").read_text().replace("AUT:\n", "AUT:  \n"))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    done = opsc("fmt", str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith(f"opsc: {tmp_path / 'counts.yaml'}:1: the canonical format cannot represent")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_repository_is_in_the_canonical_layout() -> None:
    done = opsc("fmt", str(DATA), "--check")
    assert (done.returncode, done.stdout) == (0, "")


def test_fmt_check_changes_nothing_and_fmt_mends(tmp_path: Path) -> None:
    path = base(tmp_path) / "states.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"  \r\n"))
    before = path.read_bytes()
    checked = opsc("fmt", str(tmp_path), "--check")
    assert checked.returncode == 1
    assert checked.stdout.startswith(f"{path}: would reformat\n")
    assert path.read_bytes() == before
    assert f"{path}: reformatted\n" in opsc("fmt", str(tmp_path)).stdout
    assert path.read_bytes() == (BROKEN / "base" / "states.yaml").read_bytes()
    assert opsc("fmt", str(tmp_path), "--check").stdout == ""


def test_fmt_leaves_alone_what_cannot_be_read(tmp_path: Path) -> None:
    done = opsc("fmt", str(FAULTS["An alias"].written_to(tmp_path)))
    assert done.returncode == 3
    assert "YAML03" in done.stderr


@pytest.mark.parametrize("name", names())
class TestSchemas:
    def test_it_is_the_one_that_the_records_give(self, name: str) -> None:
        """Mend with `opsc schema NAME > data/NAME.schema.json`."""
        held = (DATA / f"{name}.schema.json").read_text(encoding="utf-8")
        assert held == schema_text(name) == opsc("schema", name).stdout
        meta.validate(json.loads(held))

    def test_the_file_names_it_and_fits_it(self, name: str) -> None:
        path = DATA / f"{name}.yaml"
        assert path.read_text(encoding="utf-8").startswith(f"# yaml-language-server: $schema={name}.schema.json\n")
        value = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
        assert list(Draft202012Validator(json.loads(schema_text(name))).iter_errors(value)) == []


def test_the_schema_refuses_what_the_form_refuses() -> None:
    schema = Draft202012Validator(json.loads(schema_text("states")))
    form = ("A field that no record has", "A field that is missing", "A word outside the vocabulary")
    for fault in (*form, "A day written as in the United States"):
        broken = FAULTS[fault].edited["states"].text
        assert list(schema.iter_errors(yaml.load(broken, Loader=yaml.BaseLoader))), fault


def test_a_file_laid_out_is_written_where_its_link_leads(tmp_path: Path) -> None:
    kept, linked = tmp_path / "kept", tmp_path / "linked"
    base(kept)
    linked.mkdir()
    for path in kept.glob("*.yaml"):
        (linked / path.name).symlink_to(path)
    (kept / "counts.yaml").write_text((kept / "counts.yaml").read_text().replace("    value: ", "    value:   "))
    assert opsc("fmt", str(linked)).returncode == 0
    assert (linked / "counts.yaml").is_symlink()
    assert (kept / "counts.yaml").read_bytes() == (BROKEN / "base" / "counts.yaml").read_bytes()
