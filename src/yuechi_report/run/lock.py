"""One run of a quarter at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yuechi_report.errors import EnvironmentFault, Place
from yuechi_report.intake.book.durable import locked


@contextmanager
def quarter_lock(target: Path, *, wait: bool = False) -> Iterator[int]:
    """Hold the quarter's report folder alone; EnvironmentFault says which process holds it.

    With `wait` it waits for its turn instead. Yields the lock's descriptor, for processes that work for the
    holder: where it is the kernel's (flock), it ends with the last that has it, so a killed run leaves nothing
    behind and nobody overtakes its end.
    """
    holder = target / ".run.holder"
    try:
        target.mkdir(parents=True, exist_ok=True)
        with locked(target / ".run", wait=wait) as descriptor:
            holder.write_text(str(os.getpid()), encoding="utf-8")
            yield descriptor
    except (BlockingIOError, PermissionError) as error:
        number = holder.read_text(encoding="utf-8") if holder.is_file() else "未知"
        raise EnvironmentFault.at(
            Place(target.name),
            f"本期报告正由另一进程（进程号{number}）生成",
            "请等它结束后再运行，或加--wait排队等候",
        ) from error
