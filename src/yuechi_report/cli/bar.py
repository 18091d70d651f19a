"""Progress of a run: a bar on a terminal, one plain line per report where there is none."""

import sys
import time
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType
from typing import TYPE_CHECKING

from yuechi_report.cli.terminal import say
from yuechi_report.page.text import ACTING, printable

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from yuechi_report.run.batch import Step

_WORDS = {"succeeded": "完成", "failed": "失败", "not_started": "未开始"}


_PLAN_S, _FIRST_S, _NEXT_S = 5.0, 1.0, 10.0
"""After so long without a line one says that the run goes on: while it looks what is to be made, when it has begun
to make reports, and again.
"""


class Progress:
    """Receives the steps of a run and shows them."""

    def __init__(self) -> None:
        self._bar = _bar() if sys.stderr.isatty() else None
        self._task = self._bar.add_task("生成报告", total=None) if self._bar is not None else None
        self._pulse = Thread(target=self._say_it_goes_on, daemon=True)
        self._news, self._is_over = Event(), False
        self._done, self._patience_s = "正在读取台账", _PLAN_S

    def __enter__(self) -> "Progress":
        if self._bar is not None:
            self._bar.start()
        else:
            say("正在生成报告……", err=True)
            self._pulse.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over = True
        self._news.set()
        if self._bar is not None:
            self._bar.stop()
        else:
            self._pulse.join()

    def _say_it_goes_on(self) -> None:
        """In a thread of its own, where there is no bar: nobody should have to guess whether anything happens."""
        started = time.monotonic()
        while not self._is_over:
            if self._news.wait(self._patience_s):
                self._news.clear()
                continue
            self._patience_s = _NEXT_S
            with suppress(OSError):  # whoever listened has gone: the run itself says so
                say(f"{self._done}，已用{time.monotonic() - started:.0f}秒……", err=True)

    def begin(self, number: int, total: int) -> None:
        """So many of all reports are about to be made."""
        if self._bar is None:
            say(f"共{total}份报告，须生成{number}份，正在启动生成进程……", err=True)
            self._done, self._patience_s = f"正在生成第1份，共{number}份", _FIRST_S
            self._news.set()

    def step(self, step: "Step") -> None:
        """One job done."""
        record = step.record
        done = f"{_WORDS[record.outcome]}　{record.title}　{record.seconds:.1f}秒"
        words = f"未变化　{record.title}" if step.reused else done
        if self._bar is not None and self._task is not None:
            shown = printable(words, ACTING)
            self._bar.update(self._task, completed=step.number, total=step.total, description=shown)
        else:
            self._done = f"已完成{step.number}份，共{step.total}份"
            self._news.set()
            say(f"[{step.number}/{step.total}] {words}", err=True)


def _bar() -> "Bar":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Bar(*columns, console=Console(stderr=True))
