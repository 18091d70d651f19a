"""A supervision sheet: which matters get one, and what stands on it."""

from yuechi_report.report.sheet.page import matter, reply_slip, salutation
from yuechi_report.report.sheet.sheet import Sheet, load_sheet
