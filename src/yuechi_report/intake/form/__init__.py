"""Writes forms (XlsxWriter): every text as text, never as a formula; equal input gives equal bytes."""

from yuechi_report.intake.form.style import HEADER_ROW, Extras, Mark
from yuechi_report.intake.form.write import write_form

__all__ = ["HEADER_ROW", "Extras", "Mark", "write_form"]
