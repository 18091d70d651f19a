"""A headline as pages print it: its sign, its word and its suffixes."""

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.page.labels import label, suffix_label
from yuechi_report.report.context import Report
from yuechi_report.report.groups import sign_kind


def headline_text(one: Assessment) -> str:
    """逾期未完成（6天、退回补正）."""
    suffixes = [suffix_label(code, one.days_overdue) for code in one.suffixes]
    if one.headline is Headline.OVERDUE:
        suffixes.insert(0, f"{one.days_overdue}天")
    return label(one.headline) + (f"（{'、'.join(suffixes)}）" if suffixes else "")


def sign_of(report: Report, headline: Headline) -> str:
    """The policy's sign for a headline."""
    return dict(report.scope.office.signs)[sign_kind(headline)]
