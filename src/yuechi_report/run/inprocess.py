"""The papermill engine `yuechi-inprocess`: a notebook's cells run in this process, without a kernel's.

Meant for a process that executes one notebook and ends: cells share this process's modules, and
`%reset` isolates almost nothing (docs/adr/0025). Everybody else wants papermill's own engine.
"""

import os
from collections.abc import Iterator
from queue import Empty
from typing import Any

from ipykernel.inprocess.blocking import BlockingInProcessKernelClient
from ipykernel.inprocess.ipkernel import InProcessKernel
from ipykernel.iostream import IOPubThread
from nbformat import NotebookNode
from nbformat.v4 import output_from_msg
from papermill.engines import Engine, papermill_engines
from traitlets import default
from traitlets.config import Config

NAME = "yuechi-inprocess"
CELL_MARK = "cell "
"""Before each cell this and its number go to the process's own standard error, so that a death has a place."""
_SHOWN = ("stream", "display_data", "execute_result", "error")
_QUIET = Config({"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}})


class InProcessEngine(Engine):  # type: ignore[misc] # papermill ships no types
    """Executes cells on ipykernel's in-process kernel; outputs are of the same kinds as a kernel's."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **_: Any) -> None:  # noqa: ARG003 - papermill's
        """Run every code cell in order, up to the first that raises."""
        session = _Session.take()
        try:
            for index, cell in enumerate(nb_man.nb.cells):
                if not _run_cell(nb_man, session, index, cell):
                    break
        finally:
            session.close()


def _run_cell(nb_man: Any, session: "_Session", index: int, cell: NotebookNode) -> bool:
    nb_man.cell_start(cell, index)
    try:
        if cell.cell_type != "code" or not cell.source.strip():
            return True
        os.write(2, f"{CELL_MARK}{index + 1}\n".encode())
        count, outputs = session.execute(cell.source)
        cell.execution_count, cell.outputs = count, outputs
        failed = any(output.output_type == "error" for output in outputs)
        if failed:
            nb_man.cell_exception(cell, cell_index=index)
        return not failed
    finally:
        nb_man.cell_complete(cell, cell_index=index)


class _Kernel(InProcessKernel):
    """An in-process kernel without a thread: its messages arrive at once, and its process can be forked."""

    @default("iopub_thread")
    def _default_iopub_thread(self) -> IOPubThread:
        return IOPubThread(self._underlying_iopub_socket, session=self.session)  # type: ignore[no-untyped-call]


class _Session:
    """One in-process kernel and its client."""

    prepared: "_Session | None" = None

    @classmethod
    def take(cls) -> "_Session":
        """The prepared session if there is one, else a new one; each serves one notebook."""
        session, cls.prepared = cls.prepared or cls(), None
        session.adopt()
        return session

    def __init__(self) -> None:
        self.kernel: Any = _Kernel(config=_QUIET)  # type: ignore[no-untyped-call] # ipykernel types little
        self.client: Any = BlockingInProcessKernelClient(kernel=self.kernel, session=self.kernel.session)
        self.client.start_channels()  # type: ignore[no-untyped-call]

    def adopt(self) -> None:
        """Belong to this process: sessions and streams drop what a forked child sends in its parent's name."""
        self.kernel.session.pid = os.getpid()
        for sender in (self.kernel.stdout, self.kernel.stderr, self.kernel.iopub_thread):
            sender._master_pid = os.getpid()  # noqa: SLF001 - there is no public way to say that we forked

    def execute(self, source: str) -> tuple[int, list[NotebookNode]]:
        """The execution count and the outputs of one cell."""
        self.client.execute(source, allow_stdin=False)
        reply = self.client.get_shell_msg(timeout=0)
        self.kernel.stdout.flush()
        self.kernel.stderr.flush()
        outputs = _merged(_assembled(self._messages()))
        return int(reply["content"]["execution_count"]), outputs

    def _messages(self) -> Iterator[dict[str, Any]]:
        """What the cell sent. Stream messages come late and without a parent: the channel is drained whole."""
        while True:
            try:
                yield self.client.get_iopub_msg(block=False)
            except Empty:
                return

    def close(self) -> None:
        """Forget the shell, so that the next session's is the one that `display` finds."""
        type(self.kernel.shell).clear_instance()
        type(self.kernel).clear_instance()


def _assembled(messages: Iterator[dict[str, Any]]) -> list[NotebookNode]:
    return [output_from_msg(message) for message in messages if message["header"]["msg_type"] in _SHOWN]


def _merged(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Neighbouring stream outputs of one name as one, as a kernel's client joins them."""
    merged: list[NotebookNode] = []
    for output in outputs:
        last = merged[-1] if merged else None
        if last is not None and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            merged.append(output)
    return merged


def prepare() -> None:
    """Make the next session now: a warm parent does so before it forks."""
    _Session.prepared = _Session()


def register() -> None:
    """Make the engine known to papermill, also where the entry point is not installed."""
    papermill_engines.register(NAME, InProcessEngine)
