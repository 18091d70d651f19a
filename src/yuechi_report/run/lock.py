"""One run of a quarter at a time."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from yuechi_report.errors import EnvironmentFault, Place
from yuechi_report.intake.book.durable import locked, make_folder, open_up


@contextmanager
def quarter_lock(target: Path, *, wait: bool = False) -> Iterator[int]:
    """Hold the quarter's report folder alone; EnvironmentFault says which process holds it.

    With `wait` it waits for its turn instead. Yields the lock's descriptor, for processes that work for the
    holder: where it is the kernel's (flock), it ends with the last that has it, so a killed run leaves nothing
    behind and nobody overtakes its end.
    """
    holder = target / ".run"
    with ExitStack() as stack:
        with _writing(target):
            make_folder(target)
            with suppress(FileExistsError):
                holder.touch(exist_ok=False)
                open_up(holder)
        try:
            descriptor = stack.enter_context(locked(holder, wait=wait))
        except OSError as error:
            raise EnvironmentFault.at(
                Place(target.name),
                f"本期报告正由另一进程（进程号{holder.read_text(encoding='utf-8') or '未知'}）生成",
                "请等它结束后再运行，或加--wait排队等候",
            ) from error
        with _writing(target):
            holder.write_text(str(os.getpid()), encoding="utf-8")
        yield descriptor


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EnvironmentFault.at(
            Place(target.name), f"报告文件夹无法写入（{error.strerror}）", "请检查reports文件夹的权限和磁盘空间"
        ) from error
