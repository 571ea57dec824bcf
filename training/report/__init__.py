"""How good a run is on labelled pictures, as one page that needs nothing else."""

from training.report.writing import Report, RunAnswers, report_answers, write_report

__all__ = ["Report", "RunAnswers", "report_answers", "write_report"]
