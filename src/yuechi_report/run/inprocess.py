"""The papermill engine `yuechi-inprocess`: a notebook's cells run in this process, without a kernel.

An IPython shell executes them; what it shows goes straight into the notebook instead of over a kernel's
messages. Meant for a process that executes one notebook and ends: cells share this process's modules, and
`%reset` isolates almost nothing (docs/adr/0030). Everybody else wants papermill's own engine.
"""

import io
import json
import os
from base64 import b64encode
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from jupyter_client.jsonutil import json_default
from nbformat import NotebookNode
from traitlets.config import Config

NAME = "yuechi-inprocess"
CELL_MARK = "cell "
"""Before each cell this and its number go to the process's own standard error, so that a death has a place."""
Finish = Callable[[NotebookNode], None]
_QUIET = Config({"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}})


class InProcessEngine:
    """Executes cells on an IPython shell; outputs are of the same kinds as a kernel's.

    Papermill loads the engines of its entry points while it is being imported. So this module does not import
    papermill before it is asked to, and `papermill.engines.Engine`, which would be its base, is followed instead.
    """

    @classmethod
    def execute_notebook(
        cls, nb: NotebookNode, kernel_name: str, output_path: str, *, finish: Finish | None = None, **options: Any
    ) -> NotebookNode:
        """The executed notebook; `finish`, where it is given, has it before papermill writes it."""
        from papermill.engines import NotebookExecutionManager  # noqa: PLC0415 - see above

        shown = {name: options[name] for name in ("progress_bar", "log_output") if name in options}
        manager = NotebookExecutionManager(nb, output_path=output_path, **shown)
        manager.notebook_start()
        try:
            cls.execute_managed_notebook(manager, kernel_name)
        finally:
            manager.cleanup_pbar()
            manager.notebook_complete()
        if finish is not None:
            finish(manager.nb)
        executed: NotebookNode = manager.nb
        return executed

    @staticmethod
    def nb_kernel_name(nb: NotebookNode, name: str | None = None) -> str:
        """The kernel the notebook names, which says its language."""
        return name or str(nb.metadata.get("kernelspec", {}).get("name", "python3"))

    @staticmethod
    def nb_language(nb: NotebookNode, language: str | None = None) -> str:  # noqa: ARG004 - papermill's signature
        """Python: no other runs here."""
        return language or "python"

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


class _Shown:
    """What one cell shows: its outputs, and what it has printed since the last of them."""

    def __init__(self) -> None:
        self.outputs: list[NotebookNode] = []
        self.streams = {name: _Stream(name, self._print) for name in ("stdout", "stderr")}

    def add(self, kind: str, **content: Any) -> None:
        """One output more, as the JSON that a kernel would have sent; what was printed before stands before it."""
        self.flush()
        sent = json.loads(json.dumps({"output_type": kind, **content}, default=json_default))
        self.outputs.append(nbformat.from_dict(sent))

    def flush(self) -> None:
        for stream in self.streams.values():
            stream.flush()

    def clear(self) -> None:
        """Forget what was shown so far, as `clear_output` asks."""
        self.flush()
        self.outputs.clear()

    def _print(self, name: str, text: str) -> None:
        """Neighbouring outputs of one stream become one, as a kernel's client joins them."""
        last = self.outputs[-1] if self.outputs else None
        if last is not None and last.output_type == "stream" and last.name == name:
            last.text += text
        else:
            self.outputs.append(NotebookNode(output_type="stream", name=name, text=text))


class _Stream(io.StringIO):
    """Standard output or error of a cell: kept until something else is shown, or it is flushed."""

    def __init__(self, name: str, send: Callable[[str, str], None]) -> None:
        super().__init__()
        self.name, self._send = name, send

    def flush(self) -> None:
        text = self.getvalue()
        self.seek(0)
        self.truncate()
        if text:
            self._send(self.name, text)


class _Publisher(DisplayPublisher):
    """Takes what `display` shows."""

    shell: Any

    def publish(  # type: ignore[override] # IPython keeps a deprecated argument
        self, data: dict[str, Any], metadata: dict[str, Any] | None = None, *, update: bool = False, **_: Any
    ) -> None:
        """One output; an update of an earlier one is left out."""
        self._validate_data(data, metadata)  # type: ignore[no-untyped-call] # IPython types little
        if not update:
            self.shell.shown.add("display_data", data=_encoded(data), metadata=metadata or {})

    def clear_output(self, wait: bool = False) -> None:  # noqa: ARG002 - IPython's own signature
        self.shell.shown.clear()


class _Hook(DisplayHook):
    """Takes the value of a cell's last expression."""

    shell: Any

    def start_displayhook(self) -> None:
        self._is_active = True

    def write_output_prompt(self) -> None:
        """The prompt is the execution count."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        self.shell.shown.add(
            "execute_result", data=_encoded(format_dict), metadata=md_dict or {}, execution_count=self.prompt_count
        )

    def finish_displayhook(self) -> None:
        self._is_active = False


def _encoded(data: dict[str, Any]) -> dict[str, Any]:
    """A bundle whose bytes, as a picture has them, are base64."""
    return {mime: b64encode(shown).decode() if isinstance(shown, bytes) else shown for mime, shown in data.items()}


class _ZmqLikeShell(InteractiveShell):
    """A shell that shows nothing itself. pandas and others know a notebook's by the word zmq in its type's name."""

    shown: _Shown

    def enable_gui(self, gui: Any = None) -> None:
        """There is none; `%matplotlib` asks for it."""

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        self.shown.add("error", ename=etype.__name__, evalue=str(evalue), traceback=stb)


class _Session:
    """One shell, for one notebook."""

    prepared: "_Session | None" = None

    @classmethod
    def take(cls) -> "_Session":
        """The prepared session if there is one, else a new one."""
        session, cls.prepared = cls.prepared or cls(), None
        return session

    def __init__(self) -> None:
        self.shell: Any = _ZmqLikeShell.instance(config=_QUIET, display_pub_class=_Publisher, displayhook_class=_Hook)
        _show_tables_as_a_kernel_does()

    def execute(self, source: str) -> tuple[int, list[NotebookNode]]:
        """The execution count and the outputs of one cell."""
        shown = self.shell.shown = _Shown()
        count = self.shell.execution_count
        with redirect_stdout(shown.streams["stdout"]), redirect_stderr(shown.streams["stderr"]):
            self.shell.run_cell(source, store_history=True)
        shown.flush()
        return count, shown.outputs

    def close(self) -> None:
        """Forget the shell, so that the next session's is the one that `display` finds."""
        type(self.shell).clear_instance()


def _show_tables_as_a_kernel_does() -> None:
    """Pandas finds no kernel here: left alone it would fit a table's columns to the width of some terminal."""
    import pandas as pd  # noqa: PLC0415 - papermill loads this module with its entry points; only a session needs it

    pd.set_option("display.max_columns", 20)


def prepare() -> None:
    """Make the next session now: a warm parent does so before it forks."""
    _Session.prepared = _Session()


def register() -> None:
    """Make the engine known to papermill, also where the entry point is not installed."""
    from papermill.engines import papermill_engines  # noqa: PLC0415 - see InProcessEngine

    papermill_engines.register(NAME, InProcessEngine)
