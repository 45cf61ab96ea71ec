"""Docstrings that are shown as help and in schemas. `python -OO` drops them; then they are read from the source."""

import ast
import inspect
import sys
from functools import cache
from types import ModuleType
from typing import Any

_DROPPED = sys.flags.optimize >= 2


def docstring_of(function: Any) -> str | None:
    """The docstring of a function, also if it was dropped."""
    return _in_source(function.__module__).get(function.__name__) if _DROPPED else inspect.getdoc(function)


def restore(*modules: ModuleType) -> None:
    """Gives the classes of the modules their docstrings, if they were dropped."""
    if _DROPPED:
        for module in modules:
            for name, text in _in_source(module.__name__).items():
                vars(module)[name].__doc__ = text


@cache
def _in_source(module: str) -> dict[str, str]:
    """The docstrings of the functions and classes of a module, by their names."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    named = (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef))
    return {node.name: text for node in named if (text := ast.get_docstring(node))}
