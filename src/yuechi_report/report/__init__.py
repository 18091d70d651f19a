"""Floor 3, the report wing: what notebooks import. A room is a document: county, unit, sheet, early_warning.

A notebook's first call is `load_report` (of a supervision sheet `sheet.load_sheet`); its rooms are imported with it:
`from yuechi_report.report import county, figures, load_report`. What is not named is not loaded.
"""

from yuechi_report.report.context import Report
from yuechi_report.report.loading import load_report
