"""The engine `yuechi-inprocess`, by way of papermill: import it from here, not from run/inprocess.

papermill loads the engines of its entry points while it is being imported, ours among them. So papermill
comes first, and finds run/inprocess not yet begun.
"""

import papermill  # noqa: F401 - see above

from yuechi_report.run.inprocess import CELL_MARK, NAME, InProcessEngine, prepare, register

__all__ = ["CELL_MARK", "NAME", "InProcessEngine", "prepare", "register"]
