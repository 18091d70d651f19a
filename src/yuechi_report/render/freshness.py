"""Whether a notebook shows what its cells would show now: one report, made in one go, with the parameters it names.

Looked at are the cells that show our records and those that hold parameters. What an analyst has added, and shows
nothing of ours, may have been run in any order or not at all.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from nbformat import NotebookNode

from yuechi_report.errors import Fault, Place, ReportFailed
from yuechi_report.page.head import Head

ANALYST = "analyst"
"""The tag of cells that speak to the analyst; pages leave them out."""

_OURS = "application/vnd.yuechi."
_PARAMETERS = {"parameters", "injected-parameters"}
_ROOMS = "yuechi_report.report"
_CONTEXT_CALLS = {"load_report", "load_sheet"}
_TEXTS = ("notice", "unit", "edition", "as_of", "known_at", "label", "today")
"""The arguments of a context call that are empty where they are left out."""

_REMEDY = "请重启内核并全部运行，再导出"
_MAGIC = re.compile(r"^\s*[%!?].*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CodeCell:
    """A code cell by its place: what it says, and the records of ours that it shows."""

    place: Place
    cell: NotebookNode
    tree: ast.Module

    @property
    def tags(self) -> set[str]:
        """The cell's tags."""
        return set(self.cell.metadata.get("tags", ()))

    @property
    def count(self) -> int | None:
        """The number of its execution."""
        number: int | None = self.cell.get("execution_count")
        return number

    @property
    def holds_parameters(self) -> bool:
        """Whether it is a cell of parameters, the notebook's own or papermill's."""
        return bool(self.tags & _PARAMETERS)

    @property
    def records(self) -> list[dict[str, Any]]:
        """The JSON of our records among its outputs."""
        bundles = [output.get("data", {}) for output in self.cell.get("outputs", ())]
        return [record for bundle in bundles for mime, record in bundle.items() if mime.startswith(_OURS)]

    @property
    def head(self) -> dict[str, Any] | None:
        """The JSON of the head, where it shows one."""
        bundles = [output.get("data", {}) for output in self.cell.get("outputs", ())]
        return next((bundle[Head.mime] for bundle in bundles if Head.mime in bundle), None)

    @property
    def counts(self) -> bool:
        """Whether its place in the order matters: it says parameters, or shows what is printed."""
        if self.holds_parameters:
            return bool(self.cell.source.strip())
        return self.head is not None or (ANALYST not in self.tags and bool(self.records))

    @property
    def is_pasted(self) -> bool:
        """Whether a value it shows bears the number of another execution."""
        numbers = (output.get("execution_count") for output in self.cell.get("outputs", ()))
        return any(number is not None and number != self.count for number in numbers)

    def fault(self, problem: str) -> Fault:
        """What is wrong with it."""
        return Fault(self.place, problem, _REMEDY)


def check_fresh(notebook: NotebookNode, name: str) -> None:
    """ReportFailed names every cell whose outputs are of another run, of another report or of other parameters,
    and a report of ours that was not run. A foreign notebook is let pass.
    """
    cells = list(_code_cells(notebook, name))
    context = next((cell for cell in cells if cell.head is not None), None)
    if context is None:
        if any(cell.records for cell in cells) or _shows_a_head(cells):
            problem = "笔记本没有报告首部：没有运行，或输出已被清除"
            raise ReportFailed.at(Place(name), problem, _REMEDY)
        return
    faults = [*_out_of_order(cells, context), *_of_other_parameters(cells, context)]
    if faults:
        raise ReportFailed(list(dict.fromkeys(faults)))


def _code_cells(notebook: NotebookNode, name: str) -> Iterator[CodeCell]:
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "code":
            yield CodeCell(Place(name, cell=str(number)), cell, _tree(cell.source))


def _tree(source: str) -> ast.Module:
    """The cell's statements without magics; none where it cannot be read."""
    try:
        return ast.parse(_MAGIC.sub("", source))
    except (SyntaxError, ValueError):
        return ast.Module([], [])


def _shows_a_head(cells: list[CodeCell]) -> bool:
    """Whether its code asks one of our reports for its head."""
    nodes = [node for cell in cells for node in ast.walk(cell.tree)]
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    heads = (node for node in nodes if isinstance(node, ast.Attribute) and node.attr == "head")
    return bool(_rooms(cells)) and any(id(node) not in called for node in heads)


def _rooms(cells: list[CodeCell]) -> set[str]:
    """The names under which the cells import what makes parts of a report."""
    imports = (node for cell in cells for node in ast.walk(cell.tree) if isinstance(node, ast.ImportFrom))
    found = (alias for node in imports if (node.module or "").startswith(_ROOMS) for alias in node.names)
    return {alias.asname or alias.name for alias in found}


def _out_of_order(cells: list[CodeCell], context: CodeCell) -> Iterator[Fault]:
    """Parameters first, then the context, then the parts; each was run after the one before it."""
    last, rooms = 0, _rooms(cells)
    for cell in cells:
        if not cell.counts:
            if cell.count is None and ANALYST not in cell.tags and _makes_a_part(cell, rooms):
                yield cell.fault("单元格没有运行，页面会缺少这一部分")
        elif cell.count is None:
            yield cell.fault("单元格没有运行记录，所示内容不是这次运行得出的")
        elif cell.count <= last:
            yield cell.fault(f"单元格没有按次序运行（执行序号{cell.count}，前面已到{last}）")
        elif cell.is_pasted or _is_anothers(cell, context):
            yield cell.fault("所示内容出自另一份报告或另一次运行")
        last = max(last, (cell.count or 0) if cell.counts else 0)


def _makes_a_part(cell: CodeCell, rooms: set[str]) -> bool:
    """Whether it calls a room of the report: `county.by_unit(report)`."""
    calls = [node.func for node in ast.walk(cell.tree) if isinstance(node, ast.Call)]
    return any(
        isinstance(call, ast.Attribute)
        and isinstance(call.value, ast.Name)
        and call.value.id in rooms
        and call.attr not in _CONTEXT_CALLS
        for call in calls
    )


def _is_anothers(cell: CodeCell, context: CodeCell) -> bool:
    """Whether it shows a record that bears another report's key than the head; one without a key is not asked."""
    keys = {record.get("made_from") for record in cell.records} - {None, ""}
    own = (context.head or {}).get("made_from")
    return bool(own) and bool(keys - {own})


def _of_other_parameters(cells: list[CodeCell], context: CodeCell) -> Iterator[Fault]:
    """Where the cells say another value than the one the head was made with."""
    made_with: dict[str, str] = (context.head or {}).get("parameters") or {}
    tagged = [cell for cell in cells if cell.holds_parameters]
    if tagged and not made_with:
        yield context.fault("报告首部没有记下参数，是以前版本的程序生成的")
        return
    said = Reader.of(cells, context)
    for name, value in (said.arguments or said.tagged).items():
        if value.is_known and value.text != made_with.get(name, value.text):
            yield value.cell.fault(f"参数{name}写的是“{value.text}”，所示内容却是按“{made_with[name]}”生成的")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name means after a cell: a literal as text, or something that only running tells."""

    cell: CodeCell
    text: str = ""
    is_known: bool = False


@dataclass(slots=True)
class Reader:
    """What the cells say up to the context: names, those of parameter cells, and the context call's arguments."""

    names: dict[str, Meaning] = field(default_factory=dict)
    tagged: dict[str, Meaning] = field(default_factory=dict)
    arguments: dict[str, Meaning] = field(default_factory=dict)
    calls: dict[str, dict[str, Meaning]] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: list[CodeCell], context: CodeCell) -> "Reader":
        """Read from the first cell to the context."""
        reader = cls()
        for cell in cells[: cells.index(context) + 1]:
            for statement in cell.tree.body:
                reader.read(statement, cell)
        heads = (node for node in ast.walk(context.tree) if isinstance(node, ast.Attribute) and node.attr == "head")
        for node in heads:
            reader.arguments = reader.call_of(node.value, context) or reader.arguments
        return reader

    def read(self, statement: ast.stmt, cell: CodeCell) -> None:
        """Keep what a plain assignment says; what any other statement sets is not known any more."""
        targets, value = _assigned(statement)
        for name in targets:
            self.calls[name] = self.call_of(value, cell)
            self.names[name] = self._meaning(value, cell)
            if cell.holds_parameters:
                self.tagged[name] = self.names[name]
        if not targets:
            self.names |= dict.fromkeys(_changed(statement), Meaning(cell))

    def _meaning(self, node: ast.expr | None, cell: CodeCell) -> Meaning:
        if isinstance(node, ast.Name):
            return self.names.get(node.id, Meaning(cell))
        try:
            return Meaning(cell, str(ast.literal_eval(node)), is_known=True) if node is not None else Meaning(cell)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            return Meaning(cell)

    def call_of(self, node: ast.expr | None, cell: CodeCell) -> dict[str, Meaning]:
        """The arguments of a context call, or of the one whose result a name is; empty for anything else."""
        if isinstance(node, ast.Name):
            return self.calls.get(node.id, {})
        if not isinstance(node, ast.Call) or not _CONTEXT_CALLS & {getattr(node.func, n, "") for n in ("id", "attr")}:
            return {}
        given = {word.arg: word.value for word in node.keywords if word.arg}
        given |= dict(zip(("quarter",), node.args, strict=False))
        if all(word.arg for word in node.keywords):
            given = dict.fromkeys(_TEXTS, cast(ast.expr, ast.Constant(""))) | given
        return {name: self._meaning(value, cell) for name, value in given.items()}


def _assigned(statement: ast.stmt) -> tuple[list[str], ast.expr | None]:
    """The names that a plain assignment sets, and to what."""
    if isinstance(statement, ast.AnnAssign):
        return ([statement.target.id] if isinstance(statement.target, ast.Name) else []), statement.value
    if isinstance(statement, ast.Assign) and all(isinstance(target, ast.Name) for target in statement.targets):
        return [target.id for target in statement.targets if isinstance(target, ast.Name)], statement.value
    return [], None


def _changed(statement: ast.stmt) -> set[str]:
    """Every name that a statement may set, wherever in it."""
    nodes = list(ast.walk(statement))
    names = {node.id for node in nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    return names | {node.asname or node.name for node in nodes if isinstance(node, ast.alias)}
