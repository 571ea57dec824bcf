"""How good a run is on labelled pictures, as one page that needs nothing else."""

from training.report.writing import Report, write_report

__all__ = ["Report", "write_report"]
