"""A foreign file is opened by a child process that is bounded in time and memory and answers in JSON.

The limits hold where the system has them: on Windows only the waiting time is limited.
"""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any

_PROGRAM = "from yuechi_report.bounded import child; child()"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the child may use; beyond it there is no answer."""

    bytes_memory: int = 1_500_000_000
    seconds_cpu: int = 60
    seconds_wall: int = 90


class NoAnswer(Exception):
    """The child was stopped, died or answered what is no JSON."""


def ask_child(function: str, arguments: Sequence[str], bounds: Bounds) -> Any:
    """The answer of `module:function`, called in a child with the arguments; NoAnswer without one."""
    import subprocess  # noqa: PLC0415 - the child, which is this program itself, has no use for it

    words = [sys.executable, "-c", _PROGRAM, json.dumps(asdict(bounds)), function, *arguments]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and program; what is foreign is an argument
            words, env=environment, capture_output=True, check=True, timeout=bounds.seconds_wall
        )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise NoAnswer from error


def child() -> None:
    """The child process: limit itself, call the function and print its answer."""
    bounds, function, *arguments = sys.argv[1:]
    _limit_this_process(Bounds(**json.loads(bounds)))
    module, _, name = function.partition(":")
    sys.stdout.write(json.dumps(getattr(import_module(module), name)(*arguments)))


def _limit_this_process(bounds: Bounds) -> None:
    try:
        import resource  # noqa: PLC0415 - absent on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (bounds.bytes_memory, bounds.bytes_memory))
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.seconds_cpu, bounds.seconds_cpu))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
