"""How headlines are read together: five kinds, each with a sign of the policy's and a word, from settled to overdue."""

from yuechi_report.domain.assessment import Headline

SETTLED = (Headline.CLOSED, Headline.TERMINATED, Headline.TRANSFERRED)

SIGNS = {
    "settled": SETTLED,
    "attention": (
        Headline.AWAITING_CHECK,
        Headline.REALISED_UNCHECKED,
        Headline.EXTENSION_PENDING,
        Headline.ADJUSTMENT_REQUESTED,
        Headline.UNRESOLVED,
        Headline.UNDEFINED,
        Headline.DUE_BEFORE_ISSUE,
    ),
    "warning": (
        Headline.BLOCKED,
        Headline.BLOCKED_PAST_DUE,
        Headline.DUE_TODAY,
        Headline.EXPECTED_LATE,
        Headline.DUE_SOON,
        Headline.NOT_REPORTED,
        Headline.FIRST_REPORT_MISSING,
        Headline.AWAITING_REPORT,
        Headline.NO_ADVANCE,
        Headline.INTERRUPTED,
    ),
    "overdue": (Headline.OVERDUE,),
}
SIGN_WORDS = {
    "settled": "已了结",
    "attention": "待核实或待批",
    "ordinary": "在办正常",
    "warning": "须跟进",
    "overdue": "逾期",
}


def sign_kind(headline: Headline) -> str:
    """Which of the policy's signs stands before a headline; what no list names is in ordinary progress."""
    return next((kind for kind, headlines in SIGNS.items() if headline in headlines), "ordinary")
