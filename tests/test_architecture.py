"""The rules of the house, read from the source itself."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "opsc_cli"

FLOORS = [
    ["almanac", "console", "months", "spelling"],
    ["record"],
    ["law"],
    ["forecast"],
    ["answers"],
    ["dataset", "api"],
    ["render"],
    ["cli"],
    ["main", "__main__"],
]
"""From the ground up. A module imports its own floor and those below it."""

LEAVES = FLOORS[0]

MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in SOURCE.rglob("*.py")
    if path.name != "_dataset.py" and path != SOURCE / "__init__.py"
}


def _floor(module: str) -> int:
    (found,) = (n for n, floor in enumerate(FLOORS) if module.partition(".")[0] in floor)
    return found


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


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_imports_only_its_floor_and_those_below(module: str) -> None:
    assert {m for m in _imports(MODULES[module]) if _floor(m) > _floor(module)} == set()


@pytest.mark.parametrize("module", LEAVES)
def test_a_leaf_imports_only_leaves(module: str) -> None:
    assert _imports(MODULES[module]) <= set(LEAVES)


def test_no_two_modules_import_each_other() -> None:
    TopologicalSorter({module: _imports(path) - {module} for module, path in MODULES.items()}).prepare()


@pytest.mark.parametrize(
    "module", [m for m in sorted(MODULES) if m not in ("console", "main", "__main__") and not m.startswith("cli.")]
)
def test_only_console_and_commands_read_the_clock_print_or_exit(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert called.isdisjoint({"print", "exit", "sys.exit", "date.today", "datetime.now", "datetime.today", "time.time"})
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert names.isdisjoint({"SystemExit"})


@pytest.mark.parametrize("module", [m for m in sorted(MODULES) if m != "main" and not m.startswith(("cli", "render"))])
def test_only_commands_know_renderers(module: str) -> None:
    assert not {m for m in _imports(MODULES[module]) if m.startswith("render")}


@pytest.mark.parametrize("module", [m for m in sorted(MODULES) if m != "render.screen"])
def test_only_the_screen_draws(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert not {name for name in imported if name.partition(".")[0] == "rich"}


AUTHORITIES = (
    "OPSC art.", "CRC art.", "Depositary's record", "Concluding observations", "List of issues", "Decision 15:",
    "Decision 18:", "Committee's practice",
)  # fmt: skip


@pytest.mark.parametrize("module", ["law.treaty", "law.committee"])
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
def test_a_module_says_what_it_is_for_and_stays_small(module: str) -> None:
    text = MODULES[module].read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= 350


def test_most_modules_are_short() -> None:
    lengths = sorted(path.read_text(encoding="utf-8").count("\n") for path in MODULES.values())
    assert lengths[len(lengths) // 2] < 110
