"""Floor 6: arguments → calls, errors → exit codes; the only room that prints and reads the clock."""

from yuechi_report.cli.program import main
