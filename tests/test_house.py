"""The house: arrows point down, files and functions stay small, `dlexam --help` is instant."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "dlexam").rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# From the ground up: a floor has one room or more. A module imports from its own room and from lower floors.
FLOORS: list[dict[str, str]] = [
    {"graph": "wiring steps graph given phrase notation folders files blocks cover", "engine": "engine"},
    {"kinds": "kinds"},
    {"question": "fair drift variant question load bank story words"},
    {"mark": "mark remarks unexplained writer", "paper": "distractors paper",
     "figures": "figures figures_svg figures_plot figures_grid working symbolic"},
    {"document": "tex worked document"},
    {"render": "render", "submissions": "submissions"},
    {"practice": "practice exchange check referee laws laws_answers", "grading": "grading", "exam": "exam"},
    {"report": "report"},
    {"commands": "commands options"},
    {"cli": "cli"},
]  # fmt: skip
PLACES = {
    name: (floor, room)
    for floor, rooms in enumerate(FLOORS)
    for room, names in rooms.items()
    for name in names.split()
}
UPWARDS = {
    ("variant", "mark"),  # variant.mark(answers) is the door that an author and a notebook know
}

LONG = {
    "blocks.py": "one vocabulary, which whoever writes a format reads from top to bottom",
    "tex.py": "one recursive writer over the syntax tree; its halves would only call each other",
    "figures_plot.py": "one set of axes and all that is drawn on them",
    "render/math_text.py": "one recursive writer over the tree of a formula",
}
HEAVY = """numpy sympy weasyprint typst matplotlib openpyxl pypdf nbformat distributed babel jinja2 markdown_it
    segno math_core torch""".split()
COMES_WITH = {
    "fonttools": "weasyprint",
    "cssselect2": "weasyprint",
    "pydyf": "weasyprint",
    "tinycss2": "weasyprint",
    "markupsafe": "jinja2",
}


def module_of(path: Path) -> str:
    """dlexam/kinds/set.py as kinds.set."""
    parts = path.relative_to(ROOT / "dlexam").with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {module_of(path): path for path in FILES}


def imports(path: Path, late: bool) -> Iterator[str]:
    """The modules of ours that a file imports, inside functions too if `late`; not those for types only."""
    todo: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.FunctionDef) and not late:
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "dlexam":
            base = (node.module or "").removeprefix("dlexam").lstrip(".")
            for alias in node.names:
                inner = f"{base}.{alias.name}".lstrip(".")
                yield inner if inner in MODULES else base
        todo += ast.iter_child_nodes(node)


def test_every_file_has_a_room() -> None:
    """A new module is put on a floor, and no floor names one that is gone."""
    assert {name.partition(".")[0] for name in MODULES} - {""} == set(PLACES)


@pytest.mark.parametrize("name", sorted(set(MODULES) - {""}))
def test_arrows_point_down(name: str) -> None:
    """A module imports from its own room and from lower floors only."""
    here = name.partition(".")[0]
    floor, room = PLACES[here]
    for there in {needed.partition(".")[0] for needed in imports(MODULES[name], late=True)} - {""}:
        below = PLACES[there][0] < floor or PLACES[there] == (floor, room)
        assert below or (here, there) in UPWARDS, f"dlexam.{name} imports dlexam.{there}"


def test_no_module_needs_itself_to_load() -> None:
    """There is an order in which all modules can be loaded."""
    needs = {name: {n for n in imports(path, late=False) if n not in ("", name)} for name, path in MODULES.items()}
    assert set(TopologicalSorter(needs).static_order()) == set(needs)  # or raises CycleError


def test_files_are_short() -> None:
    """Only the files with a reason have more than 200 lines."""
    lines = {path: path.read_text(encoding="utf-8").count("\n") for path in FILES}
    long = {str(path.relative_to(ROOT / "dlexam")): n for path, n in lines.items() if n > 200}
    assert long.keys() <= LONG.keys(), long
    assert max(long.values()) <= 260, long


def test_functions_are_short() -> None:
    """No function has more than 40 lines, the declaration of a command apart."""
    long = [
        f"{path.name}: {node.name}"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 40
    ]
    assert not long


def test_the_command_line_loads_nothing_heavy() -> None:
    """`dlexam --help` needs click only."""
    code = f"import sys, dlexam.cli; print(*(set({HEAVY}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == ""


def names(requirements: list[str]) -> set[str]:
    """The names of distributions in requirements."""
    found = (re.match(r"[\w.-]+", line) for line in requirements)
    return {match[0].lower() for match in found if match}


def test_dependencies_are_those_that_are_used() -> None:
    """What the code imports is in pyproject.toml, and nothing else is."""
    used = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                used |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                used.add((node.module or "").partition(".")[0])
    used -= {*sys.stdlib_module_names, "dlexam"}
    known = packages_distributions()
    extras = PROJECT["project"]["optional-dependencies"]
    optional = names([*extras["dask"], *extras["typst"], *extras["torch"]])
    needed = {known.get(name, [name])[0].lower() for name in used} - set(COMES_WITH)
    assert needed - optional == names(PROJECT["project"]["dependencies"])


@pytest.mark.parametrize(("part", "whole"), COMES_WITH.items())
def test_what_comes_with_another(part: str, whole: str) -> None:
    """A package that is used and not asked for is one that another brings."""
    assert part in names(requires(whole) or [])


def test_folders_go_into_the_wheel() -> None:
    """Every folder that the code looks for beside itself is in the wheel under the name it looks for."""
    packed = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    wanted = {name for path in FILES for name in re.findall(r'bundled\("(\w+)"\)', path.read_text(encoding="utf-8"))}
    assert packed == {name: f"dlexam/_{name}" for name in wanted}
