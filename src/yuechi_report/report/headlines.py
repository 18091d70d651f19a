"""A headline as each edition prints it: its sign, its word and its suffixes."""

from yuechi_report.domain.assessment import Assessment, Headline, Suffix
from yuechi_report.page.labels import headline_label, suffix_label
from yuechi_report.page.signs import sign_kind
from yuechi_report.report.context import LEADERS, Report


def headline_text(report: Report, one: Assessment, *, is_issued: bool = True) -> str:
    """逾期未完成（6天、退回补正）; on a screen a task due on the very day reads 今日到期."""
    days = f"{one.days_overdue}天" if one.headline is Headline.OVERDUE else ""
    suffixes = "、".join(part for part in (days, suffix_text(report, one)) if part)
    return headline_label(one, is_issued=is_issued) + (f"（{suffixes}）" if suffixes else "")


def suffix_text(report: Report, one: Assessment) -> str:
    """The suffixes this edition prints, in one string."""
    return "、".join(suffix_label(code, one.days_overdue) for code in told_suffixes(report, one))


def told_suffixes(report: Report, one: Assessment) -> tuple[Suffix, ...]:
    """The suffixes this edition prints."""
    return tuple(code for code in one.suffixes if is_told(report, code))


def is_told(report: Report, suffix: Suffix) -> bool:
    """Whether the edition prints a suffix: what rules found and no person has confirmed goes to the leaders
    only, as a proposal (domain.md §2.4).
    """
    return report.edition == LEADERS or suffix is not Suffix.NO_EVIDENCE


def sign_of(report: Report, headline: Headline) -> str:
    """The policy's sign for a headline."""
    return dict(report.scope.office.signs)[sign_kind(headline)]
