"""The rules of the house, read from the source itself."""

import ast
from collections.abc import Iterable
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "opsc_cli"

FLOORS = [
    ["almanac", "candidates", "console", "index", "listed", "months", "periods", "rewording", "spelling"],
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


@cache
def trees() -> dict[str, ast.Module]:
    return {module: ast.parse(path.read_text(encoding="utf-8")) for module, path in MODULES.items()}


@cache
def _nodes() -> list[tuple[str, ast.AST]]:
    """Everything in the source, each with its module."""
    return [(module, node) for module, tree in trees().items() for node in ast.walk(tree)]


@cache
def _imports(module: str) -> set[str]:
    """The modules of this package that one imports, at the top or within a function."""
    return _imported_by(ast.walk(trees()[module]))


def _imported_by(nodes: Iterable[ast.AST]) -> set[str]:
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("opsc_cli"):
            base = (node.module or "").removeprefix("opsc_cli").removeprefix(".")
            for name in node.names:
                joined = f"{base}.{name.name}" if base else name.name
                found.add(joined if joined in MODULES else base)
        elif isinstance(node, ast.Import):
            found |= {n.name.removeprefix("opsc_cli.") for n in node.names if n.name.startswith("opsc_cli.")}
    return found & MODULES.keys()


def test_a_module_imports_only_its_floor_and_those_below() -> None:
    assert {(one, other) for one in MODULES for other in _imports(one) if _floor(other) > _floor(one)} == set()


def test_a_leaf_imports_only_leaves() -> None:
    assert {(leaf, other) for leaf in LEAVES for other in _imports(leaf) if other not in LEAVES} == set()


def test_no_two_modules_import_each_other() -> None:
    TopologicalSorter({module: _imports(module) - {module} for module in MODULES}).prepare()


NOT_NEEDED = {
    "cli.ask": {"candidates", "cli.errors", "answers.position", "forecast", "render"},
    "answers.stats": {"answers.answer", "law.obligations", "forecast"},
    "render.stats": {"answers.answer", "law.obligations", "forecast"},
    "answers.sessions": {"answers.position", "forecast.forecast", "forecast.outlook", "forecast.plan"},
    "render.sessions": {"answers.position", "forecast.forecast", "forecast.plan", "render.plan"},
    "render.explain": {"render.state", "render.next_review"},
}
"""What a call does not import with each of these: a command starts the sooner, and takes the less memory."""


@pytest.mark.parametrize("module", NOT_NEEDED)
def test_what_a_call_does_not_need_is_not_imported(module: str) -> None:
    found: set[str] = set()
    more = {module}
    while more:
        found |= more
        more = {other for one in more for other in _imported_by(trees()[one].body)} - found
    unneeded = {other for other in found for name in NOT_NEEDED[module] if f"{other}.".startswith(f"{name}.")}
    assert unneeded == set()


OF_THE_PROCESS = {
    "print", "exit", "sys.exit", "SystemExit", "date.today", "datetime.now", "datetime.today", "time.time",
}  # fmt: skip


def test_only_console_and_commands_read_the_clock_print_or_exit() -> None:
    used = {
        (module, name)
        for module, node in _nodes()
        if isinstance(node, ast.Call | ast.Name)
        if module not in ("console", "main", "__main__") and not module.startswith("cli.")
        if (name := ast.unparse(node.func if isinstance(node, ast.Call) else node)) in OF_THE_PROCESS
    }
    assert used == set()


def test_only_commands_know_renderers() -> None:
    below = [module for module in MODULES if module != "main" and not module.startswith(("cli", "render"))]
    assert {(one, other) for one in below for other in _imports(one) if other.startswith("render")} == set()


def _importers_of(package: str) -> set[str]:
    imported = {(module, node.module or "") for module, node in _nodes() if isinstance(node, ast.ImportFrom)}
    imported |= {(module, n.name) for module, node in _nodes() if isinstance(node, ast.Import) for n in node.names}
    return {module for module, name in imported if name.partition(".")[0] == package}


def test_only_the_screen_draws() -> None:
    assert _importers_of("rich") == {"render.screen"}


def test_commands_are_declared_without_typer() -> None:
    assert _importers_of("typer") == {"cli.app", "cli.typed"}


AUTHORITIES = (
    "OPSC art.", "CRC art.", "Depositary's record", "Concluding observations", "List of issues", "Decision 15:",
    "Decision 18:", "Committee's practice",
)  # fmt: skip


@pytest.mark.parametrize("module", ["law.treaty", "law.committee"])
def test_every_rule_names_its_authority_first(module: str) -> None:
    for node in trees()[module].body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            first = (ast.get_docstring(node) or "").partition("\n")[0]
            assert first.startswith(AUTHORITIES), f"{module}.{node.name}: {first!r}"
            assert ": " in first, f"{module}.{node.name}"


def test_functions_are_short() -> None:
    lengths = {
        f"{module}.{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for module, node in _nodes()
        if isinstance(node, ast.FunctionDef)
    }
    assert {name: n for name, n in lengths.items() if n > 40} == {}
    assert sorted(lengths.values())[len(lengths) // 2] <= 12


def test_a_module_says_what_it_is_for() -> None:
    assert [module for module, tree in trees().items() if not ast.get_docstring(tree)] == []


def test_no_module_is_long_and_most_are_short() -> None:
    lengths = {module: path.read_text(encoding="utf-8").count("\n") for module, path in MODULES.items()}
    assert {module: n for module, n in lengths.items() if n > 350} == {}
    assert sorted(lengths.values())[len(lengths) // 2] < 110
