"""The county's report: page one, the tables of the body, the annexes.

A notebook imports this room and calls each part by its plain name: `county.conclusion(report)`.
"""

from yuechi_report.report.county.annexes import closing, documents_annex, method, scores_annex
from yuechi_report.report.county.footnotes import notes
from yuechi_report.report.county.leaders import matters_or_requirements, more_matters
from yuechi_report.report.county.office import next_steps, office_items
from yuechi_report.report.county.page_one import (
    conclusion,
    fixed_summary,
    other_summary,
    overdue,
    overdue_heading,
    reporting,
)
from yuechi_report.report.county.remarks import office_words
from yuechi_report.report.county.revised import corrections, corrections_sentence
from yuechi_report.report.county.sections import annex_heading, heading
from yuechi_report.report.county.submissions import handed_in
from yuechi_report.report.county.tallies import by_category, by_unit, rule_counts
from yuechi_report.report.county.tasks import closed, due_next, ongoing, ongoing_summary, register_annex
from yuechi_report.report.county.unfinished import blocked, changes, overdue_in_full

__all__ = [
    "annex_heading",
    "blocked",
    "by_category",
    "by_unit",
    "changes",
    "closed",
    "closing",
    "conclusion",
    "corrections",
    "corrections_sentence",
    "documents_annex",
    "due_next",
    "fixed_summary",
    "handed_in",
    "heading",
    "matters_or_requirements",
    "method",
    "more_matters",
    "next_steps",
    "notes",
    "office_items",
    "office_words",
    "ongoing",
    "ongoing_summary",
    "other_summary",
    "overdue",
    "overdue_heading",
    "overdue_in_full",
    "register_annex",
    "reporting",
    "rule_counts",
    "scores_annex",
]
