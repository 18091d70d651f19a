"""One run of a quarter at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from yuechi_report.errors import EnvironmentFault, Place


@contextmanager
def quarter_lock(target: Path, *, wait: bool = False) -> Iterator[tuple[int, ...]]:
    """Hold the quarter's report folder alone; EnvironmentFault tells which process holds it.

    With `wait` it waits for its turn instead.

    Yields the lock's descriptor, for processes that work for the holder: the lock is the kernel's and
    ends with the last that has it, so a killed run leaves nothing behind and nobody overtakes its end.
    """
    try:
        import fcntl  # noqa: PLC0415 - absent on Windows, where runs are not locked yet
    except ImportError:
        yield ()
        return
    with _opened(target) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            handle.seek(0)
            holder = handle.read().strip() or "未知"
            raise EnvironmentFault.at(
                Place(target.name),
                f"本期报告正由另一进程（进程号{holder}）生成",
                "请等它结束后再运行，或加--wait排队等候",
            ) from error
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield (handle.fileno(),)


def _opened(target: Path) -> TextIO:
    try:
        target.mkdir(parents=True, exist_ok=True)
        return (target / ".lock").open("a+", encoding="utf-8")
    except OSError as error:
        raise EnvironmentFault.at(
            Place(target.name), f"报告文件夹无法写入（{error.strerror}）", "请检查reports文件夹的权限和磁盘空间"
        ) from error
