"""The county's report: page one, the tables of the body, the annexes; a notebook says `county.conclusion(report)`."""

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
