"""The figures: readable in black and white, the numbers in the alt text; a sentence where there is nothing to draw."""

from yuechi_report.report.figures.canvas import warm_up
from yuechi_report.report.figures.category import status_by_category
from yuechi_report.report.figures.flow import status_flow
from yuechi_report.report.figures.matrix import unit_matrix
from yuechi_report.report.figures.progress import reported_progress
from yuechi_report.report.figures.timeline import deadline_timeline
