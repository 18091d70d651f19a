"""Mutation testing of domain/ (docs/mutation.md): mutmut with the tests collected once. Only in a copy of the repository.

python benchmarks/mutation.py run --max-children 1 [NAME]…    as `mutmut run`, without a collection for each mutant
python benchmarks/mutation.py plain                            first: properties and the tables' lambdas become functions
"""

import sys
from collections.abc import Iterable
from pathlib import Path

import libcst as cst
import mutmut.__main__ as mutmut
from _pytest.config import _prepareconfig
from _pytest.main import Session
from _pytest.runner import runtestprotocol
from mutmut.configuration import config
from mutmut.runners.harness import PytestRunner
from mutmut.utils.file_utils import change_cwd
from mutmut.workers.isolation import ForkRunner

DOMAIN = Path("src/yuechi_report/domain")


class CollectedOnce(PytestRunner):
    """Each forked mutant runs the items mutmut chose, in its order, up to the first failure: its `pytest -x`."""

    def collect(self) -> None:
        """The items by their ids, in the process that is forked."""
        with change_cwd("mutants"):
            tests = config().pytest_add_cli_args_test_selection
            pytest = _prepareconfig(["--rootdir=.", "-s", "-p", "no:terminal", "-p", "no:cacheprovider", *tests])
            pytest._do_configure()
            session = Session.from_config(pytest)
            pytest.hook.pytest_sessionstart(session=session)
            session.perform_collect()
        self.items = {item.nodeid: item for item in session.items}

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        """1 where a test fails or breaks off, else 0."""
        if mutant_name is None:
            return super().run_tests(mutant_name=mutant_name, tests=tests)
        chosen = [self.items[name] for name in tests]
        with change_cwd("mutants"):
            for item, after in zip(chosen, [*chosen[1:], None], strict=True):
                try:
                    reports = runtestprotocol(item, nextitem=after, log=False)
                except Exception:  # noqa: BLE001 - a mutant that breaks pytest itself; the fork must end here
                    return 1
                if any(report.failed for report in reports):
                    return 1
        return 0


class Forked(ForkRunner):
    """mutmut's own, with the collection before the first mutant."""

    def startup(self) -> None:
        """Collect, then what mutmut does."""
        self.test_runner.collect()
        super().startup()


class Plain(cst.CSTTransformer):
    """mutmut passes over decorated functions and everything outside functions: both are written as functions."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.count, self.waiting = 0, 0, []

    def visit_FunctionDef(self, _node: cst.FunctionDef) -> None:  # noqa: N802 - libcst's name
        """Inside a function nothing is rewritten."""
        self.depth += 1

    def leave_FunctionDef(self, _old: cst.FunctionDef, new: cst.FunctionDef) -> cst.CSTNode:  # noqa: N802
        """@property def x → def get_x, x = property(…)."""
        self.depth -= 1
        if [outer.decorator.value for outer in new.decorators if isinstance(outer.decorator, cst.Name)] != ["property"]:
            return new
        name = new.name.value
        named = cst.parse_statement(f"{name} = property(lambda self: self.get_{name}())\n")
        return cst.FlattenSentinel([new.with_changes(decorators=[], name=cst.Name(f"get_{name}")), named])

    def leave_Lambda(self, _old: cst.Lambda, new: cst.Lambda) -> cst.BaseExpression:  # noqa: N802
        """A lambda of a table → a function before the table."""
        if self.depth:
            return new
        self.count += 1
        name, answer = cst.Name(f"table_{self.count}"), cst.SimpleStatementLine([cst.Return(new.body)])
        self.waiting.append(cst.FunctionDef(name=name, params=new.params, body=cst.IndentedBlock([answer])))
        return name

    def leave_SimpleStatementLine(self, _old: cst.CSTNode, new: cst.CSTNode) -> cst.CSTNode:  # noqa: N802
        """The functions of the statement's lambdas stand before it."""
        if self.depth or not self.waiting:
            return new
        functions, self.waiting = self.waiting, []
        return cst.FlattenSentinel([*functions, new])


def main() -> None:
    """Rewrite, or run mutmut."""
    if sys.argv[1] == "plain":
        for path in DOMAIN.glob("*.py"):
            path.write_text(cst.parse_module(path.read_text("utf-8")).visit(Plain()).code, "utf-8")
        return
    mutmut.get_mutant_runner = lambda workers: Forked(max_workers=workers, test_runner=CollectedOnce())
    mutmut.cli()


if __name__ == "__main__":
    main()
