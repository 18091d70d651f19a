"""What a run told at its end, kept beside what it published and told again while nothing has changed.

A report is a function of its inputs (run/prepare). The answer is kept with a digest over more than all of them:
every file of data/, params/ and notebooks/, this program, the interpreter, the distributions it can import, the
fonts, the question, and every published byte. Equal digest, equal keys and intact files: a run would find
everything done. Anything else is the run's to judge (docs/adr/0031). Light to import: no model, no YAML, no index.
"""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import ExitCode, YuechiError
from yuechi_report.run.digest import code_digest, digest_of, digest_of_lines, fonts_digest, installed, lines_below
from yuechi_report.run.lock import quarter_lock
from yuechi_report.settings.workspace import Workspace

if TYPE_CHECKING:
    from yuechi_report.page.manifest import JobRecord

NAME = ".answer"
_FOLDERS = ("data", "params", "notebooks")


@dataclass(frozen=True, slots=True)
class Question:
    """What a run is asked for: a notice's quarter, at which moment, and which of its reports."""

    notice: str
    quarter: str
    as_of: date | None = None
    known_at: datetime | None = None
    label: str = ""
    units: tuple[str, ...] = ()
    sheets: bool = False
    early_warning: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run told, in readers' words: received files that the book does not know, its reports in their
    order, how many the quarter has now, the day judged, reports that failed, what needs a person.
    """

    strays: tuple[str, ...]
    titles: tuple[str, ...]
    number: int
    as_of: str
    failed: tuple[str, ...]
    attention: tuple[str, ...]
    code: ExitCode


def inputs_digest(workspace: Workspace) -> str:
    """Names everything that a report of this workspace may depend on; OSError where a file cannot be read."""
    lines = [f"{name} {line}" for name in _FOLDERS for line in lines_below(workspace.root / name, wanted=_is_input)]
    return digest_of_lines([*lines, code_digest(), fonts_digest(), *installed()])


def _is_input(path: str) -> bool:
    """Whether a file is no derived one: the index, whole or in the making, and the book's lock."""
    return not path.startswith("ledger.db") and path != "receipts/receipts.lock"


def recall(workspace: Workspace, question: Question) -> Answer | None:
    """The last run's answer to the same question, where nothing has changed since; None leaves it to a run."""
    if question.early_warning:
        return None  # its folder depends on what the quarter's file says
    try:
        folder = workspace.report_dir(question.notice, Quarter.parse(question.quarter), question.label)
        kept = json.loads((folder / NAME).read_bytes())
        answer = _answer(kept["answer"])
        with quarter_lock(folder):
            published = _published(workspace, folder)
            now = _digest(workspace, question, answer, inputs=inputs_digest(workspace), published=published)
            if kept["digest"] != now:
                return None
            (workspace.reports_dir / "index.html").touch()  # who watches it sees that a run has ended
            return answer
    except (OSError, ValueError, KeyError, TypeError, YuechiError):
        return None


def remember(
    workspace: Workspace, question: Question, inputs: str, made: Sequence["JobRecord"], answer: Answer
) -> None:
    """Keep the answer for `recall`; call it when all is published and still locked.

    `inputs` is the digest from before the run read anything. Nothing is kept where a report failed, where a
    published file is not as recorded, where pages are set in faces of the machine, or where there is no room.
    """
    from yuechi_report.run.publish import publish_text  # noqa: PLC0415 - see above
    from yuechi_report.settings.suite import load_suite  # noqa: PLC0415

    if question.early_warning or answer.failed:
        return
    folder = workspace.report_dir(question.notice, Quarter.parse(question.quarter), question.label)
    with suppress(OSError, YuechiError):
        published = _published(workspace, folder)
        intact = all(published.get(str(folder / one.name)) == one.sha256 for job in made for one in job.outputs)
        if intact and not any(dict(load_suite(workspace).faces).values()):
            digest = _digest(workspace, question, answer, inputs=inputs, published=published)
            publish_text(json.dumps({"digest": digest, "answer": asdict(answer)}, ensure_ascii=False), folder / NAME)


def _published(workspace: Workspace, folder: Path) -> dict[str, str]:
    """sha256 by path: the quarter's own files, and what the index over all quarters is made from."""
    reports = workspace.reports_dir
    own = (path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    others = (*reports.glob("*/*/*.json"), *reports.glob("*/*/*.csv"), reports / "index.html")
    return {str(path): digest_of(path) for path in {*own, *others}}


def _digest(workspace: Workspace, question: Question, answer: Answer, *, inputs: str, published: dict[str, str]) -> str:
    names = {path.removeprefix(str(workspace.reports_dir)): digest for path, digest in published.items()}
    body = [asdict(question), asdict(answer), inputs, names]
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


def _answer(kept: Any) -> Answer:
    fields: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in dict(kept).items()}
    return Answer(**{**fields, "code": ExitCode(fields["code"])})
