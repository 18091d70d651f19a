"""yuechi-report: from a government key-task notice to quarterly reports."""

__version__ = "0.1.0"
