"""Page one's other sentences: the heading of the overdue, and 四、报送与下季 (domain.md §7)."""

from yuechi_report.page.prose import Prose
from yuechi_report.report.conclusion import conclusion, overdue_tasks
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.crowd import OVERDUE_ROWS
from yuechi_report.report.days import due_next_sentence, next_report_by, quarter_word, reply_by
from yuechi_report.report.footnotes import footnotes
from yuechi_report.report.office import office_sentence
from yuechi_report.report.requirements import matters_or_requirements
from yuechi_report.report.submissions import handed_in_sentence
from yuechi_report.report.wording import first_fitting

__all__ = ["conclusion", "footnotes", "matters_or_requirements", "overdue_heading", "reporting"]
_LINES = 3


def overdue_heading(report: Report) -> Prose:
    """三、逾期N项, or the sentence that there is none."""
    number = len(overdue_tasks(report.assessments))
    if number == 0:
        return Prose(markdown="## 三、逾期\n\n本季无逾期任务。")
    limit = "拟限" if report.edition == LEADERS else "限"
    shown = f"先列{OVERDUE_ROWS}项，其余见第七部分；" if number > OVERDUE_ROWS else ""
    return Prose(markdown=f"## 三、逾期{number}项（{shown}{limit}{reply_by(report)}回复）")


def reporting(report: Report) -> Prose:
    """Who handed in, what is due next, what waits in this office; in at most three lines."""
    following = report.scope.period.quarter.next
    year = f"{following.year}年" if following.year != report.as_of.year else ""
    submit = f"{next_report_by(report)}报送{year}{quarter_word(following)}情况。"
    rest = f"{due_next_sentence(report)}；{submit}{office_sentence(report)}"
    named = [handed_in_sentence(report, most, names_late=late) for late in (True, False) for most in (6, 4, 2)]
    forms = [handed_in + rest for handed_in in (*named, handed_in_sentence(report, 0))]
    return Prose(markdown=first_fitting(forms, _LINES))
