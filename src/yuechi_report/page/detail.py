"""What a cell can unfold: the grounds of what it says, as terms and plain text."""

from html import escape

from yuechi_report.page.model import Record


class GroundLine(Record):
    """One ground: its kind (规则, 时限, 填报 …) and one line of plain text."""

    term: str
    text: str


class Detail(Record):
    """Why a cell says what it says. `subject` names it among the others of a page (任务27).

    Pages that can unfold show it beside the cell; paper leaves it out.
    """

    subject: str
    grounds: tuple[GroundLine, ...]

    def to_html(self) -> str:
        """A plain fold-out; every string in it is escaped."""
        items = "".join(f"<dt>{escape(one.term)}</dt><dd>{escape(one.text)}</dd>" for one in self.grounds)
        return f"<details><summary>依据</summary><dl>{items}</dl></details>"
