"""Progress of a run: a bar on a terminal, one plain line a report where there is none."""

import sys
from types import TracebackType

import click
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from yuechi_report.run.batch import Step

_WORDS = {"succeeded": "完成", "failed": "失败", "not_started": "未开始"}


class Progress:
    """Receives the steps of a run and shows them."""

    def __init__(self) -> None:
        self._bar: Bar | None = None
        if sys.stderr.isatty():
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            from rich.console import Console

            self._bar = Bar(*columns, console=Console(stderr=True))
            self._task = self._bar.add_task("生成报告", total=None)

    def __enter__(self) -> "Progress":
        if self._bar is not None:
            self._bar.start()
        else:
            click.echo("正在生成报告……", err=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self, step: Step) -> None:
        """One job done."""
        word = "未变化" if step.reused else _WORDS[step.record.outcome]
        if self._bar is not None:
            self._bar.update(
                self._task, completed=step.number, total=step.total, description=f"{word} {step.record.title}"
            )
            return
        seconds = "" if step.reused else f"　{step.record.seconds:.1f}秒"
        click.echo(f"[{step.number}/{step.total}] {word}　{step.record.title}{seconds}", err=True)
