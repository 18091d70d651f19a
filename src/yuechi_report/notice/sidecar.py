"""notice.yml: what is known of a notice beside its text — identity, issuer, day of issue, hash, source."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from yuechi_report.domain.register import Notice
from yuechi_report.errors import InputRefused, Place
from yuechi_report.notice.sources.signature import Kind
from yuechi_report.settings.yaml_file import Setting, load_yaml

_Words = Annotated[str, Field(min_length=1)]


class _Sidecar(Setting, strict=True, str_strip_whitespace=True):
    id: Annotated[str, Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
    title: _Words
    short_title: _Words
    issuer: _Words
    issued_on: date
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    source: _Words


def read_sidecar(path: Path) -> Notice:
    """The notice of a `notice.yml`; the file beside it, `notice.txt` or `.docx` …, must have the hash named there.

    InputRefused for missing, unknown or malformed keys, a missing text, or another text than was received.
    """
    sidecar = load_yaml(path, _Sidecar, refusal=InputRefused)
    text = received_in(path.parent)
    try:
        found = hashlib.sha256(text.read_bytes()).hexdigest()
    except OSError as error:
        raise InputRefused.at(Place(text.name), "文件不存在或无法打开", f"请把通知原文放在{path.name}旁边") from error
    if found != sidecar.sha256:
        raise InputRefused.at(
            Place(text.name),
            f"与{path.name}登记的sha256不符，文件已被改动（现为{found}）",
            "请换回收到的原件；更正应写在corrections.yml，不改原文",
        )
    return Notice(**sidecar.model_dump())


def received_in(folder: Path) -> Path:
    """The notice as received, in whatever form it came; `notice.txt` where there is none."""
    found = (folder / f"notice.{kind.value}" for kind in Kind)
    return next((path for path in found if path.exists()), folder / "notice.txt")
