"""Progress of a run: a bar on a terminal, one plain line per report where there is none."""

import sys
from types import TracebackType
from typing import TYPE_CHECKING

from yuechi_report.cli.terminal import say
from yuechi_report.page.text import ACTING, printable

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from yuechi_report.run.batch import Step

_WORDS = {"succeeded": "完成", "failed": "失败", "not_started": "未开始"}


class Progress:
    """Receives the steps of a run and shows them."""

    def __init__(self) -> None:
        self._bar = _bar() if sys.stderr.isatty() else None
        self._task = self._bar.add_task("生成报告", total=None) if self._bar is not None else None

    def __enter__(self) -> "Progress":
        if self._bar is not None:
            self._bar.start()
        else:
            say("正在生成报告……", err=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self, step: "Step") -> None:
        """One job done."""
        record = step.record
        done = f"{_WORDS[record.outcome]}　{record.title}　{record.seconds:.1f}秒"
        words = f"未变化　{record.title}" if step.reused else done
        if self._bar is not None and self._task is not None:
            shown = printable(words, ACTING)
            self._bar.update(self._task, completed=step.number, total=step.total, description=shown)
        else:
            say(f"[{step.number}/{step.total}] {words}", err=True)


def _bar() -> "Bar":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Bar(*columns, console=Console(stderr=True))
