"""Sentences as Markdown: the one place where text from outside is escaped before it becomes markup."""

import re
from typing import Any, ClassVar

from yuechi_report.page.model import ReportPart

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&^$:=\"'/@%])")
_SPACE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


def escape_markdown(text: str) -> str:
    """Text that CommonMark shows as it is: ASCII punctuation escaped, control characters one space.

    Every string that was submitted or read from a file passes here before it enters a sentence.
    """
    return _MARKUP.sub(r"\\\1", _SPACE.sub(" ", text))


class Prose(ReportPart):
    """Markdown whose outside text has been escaped already; shown by a notebook as text/markdown.

    A report's sentence has its key beside it, as a record that is shown has it inside.
    """

    mime: ClassVar[str] = "application/vnd.yuechi.prose+json"

    markdown: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {"text/markdown": self.markdown} | ({self.mime: self.origin} if self.origin else {})
