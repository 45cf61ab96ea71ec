"""The rules of the house, read from the source itself."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "opsc_cli"

ORDER = [
    # words
    "wording", "spelling", "dates", "authority", "records", "findings", "codes", "grammar",
    # what was known, and the law
    "knowledge", "treaty", "committee", "meetings", "obligations", "queue", "forecast", "backtest", "planning",
    "answer", "history", "age", "statistics", "audit", "position", "selection", "supposition", "explanation",
    "comparison",
    # data
    "names", "compiled", "almanac",
    "checks.walking", "checks.whole", "checks.sources", "checks.order", "checks.law", "checks.calendar",
    "checks.reviews", "checks.dialogues", "checks.suspicion", "checks.symbols", "checks.readings", "checks",
    "reader", "checks.headings", "layout", "form", "validation", "schemas", "dataset", "revisions", "api",
    # windows
    "render.screen", "render.sentence", "render.sheet", "render.document", "render.rows", "render.workbook",
    "render.formats", "render.grid", "render.table", "render.explanation", "render.calendar", "render.listings",
    "render.findings", "render.comparison", "render.schemas", "render.export", "render.book", "render.almanac",
    "render.manual", "render.completion", "render.topics", "render",
    # door
    "door", "lookup", "request", "commandline", "cli", "quick", "__main__",
]  # fmt: skip

MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in SOURCE.rglob("*.py")
    if path.name != "_dataset.py" and path != SOURCE / "__init__.py"
}


def _imports(path: Path) -> set[str]:
    """The modules of this package that `path` imports, at the top or within a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("opsc_cli"):
            base = (node.module or "").removeprefix("opsc_cli").removeprefix(".")
            for name in node.names:
                joined = f"{base}.{name.name}" if base else name.name
                found.add(joined if joined in MODULES else base)
        elif isinstance(node, ast.Import):
            found |= {n.name.removeprefix("opsc_cli.") for n in node.names if n.name.startswith("opsc_cli.")}
    return found & MODULES.keys()


def test_every_module_has_its_place() -> None:
    assert set(ORDER) == MODULES.keys()


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_imports_only_what_stands_above_it(module: str) -> None:
    above = set(ORDER[: ORDER.index(module)])
    assert _imports(MODULES[module]) <= above


@pytest.mark.parametrize("module", [m for m in sorted(MODULES) if m not in ("door", "cli", "quick", "__main__")])
def test_only_the_door_reads_the_clock_prints_or_exits(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert called.isdisjoint({"print", "exit", "sys.exit", "date.today", "datetime.now", "datetime.today", "time.time"})
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert names.isdisjoint({"SystemExit"})


@pytest.mark.parametrize(
    "module", [m for m in sorted(MODULES) if m not in ("cli", "quick") and not m.startswith("render")]
)
def test_only_the_door_knows_renderers(module: str) -> None:
    assert not {m for m in _imports(MODULES[module]) if m.startswith("render")} or module == "__main__"


AUTHORITIES = (
    "OPSC art.", "CRC art.", "Depositary's record", "Concluding observations", "List of issues", "Decision 15:",
    "Decision 18:", "Committee's practice",
)  # fmt: skip


@pytest.mark.parametrize("module", ["treaty", "committee"])
def test_every_rule_names_its_authority_first(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            first = (ast.get_docstring(node) or "").partition("\n")[0]
            assert first.startswith(AUTHORITIES), f"{module}.{node.name}: {first!r}"
            assert ": " in first, f"{module}.{node.name}"


def test_functions_are_short() -> None:
    lengths = {
        f"{module}.{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for module, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert {name: n for name, n in lengths.items() if n > 40} == {}
    assert sorted(lengths.values())[len(lengths) // 2] <= 12


@pytest.mark.parametrize("module", sorted(MODULES))
def test_public_things_say_what_they_are(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    for node in tree.body:
        if (
            isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not module.startswith("checks")
        ):
            assert ast.get_docstring(node), f"{module}.{node.name}"
