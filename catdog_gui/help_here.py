"""The table of F1: which page of the guide fits which part of the whole program."""

from collections.abc import Sequence

from catdog_gui.dataset_tab.invitation import Invitation as DatasetInvitation
from catdog_gui.dataset_tab.kaggle_panel import KagglePanel
from catdog_gui.dataset_tab.page import DatasetPage
from catdog_gui.guide.places import Place
from catdog_gui.judging.page import JudgingPage
from catdog_gui.model_adding.form import ModelForm
from catdog_gui.prediction_tab.alike_view import AlikeView
from catdog_gui.prediction_tab.detail_panel import DetailPanel
from catdog_gui.prediction_tab.inside_view import InsideView
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.prediction_tab.submission_panel import SubmissionPanel
from catdog_gui.training_tab.comparison_window import ComparisonWindow
from catdog_gui.training_tab.invitation import Invitation as TrainingInvitation
from catdog_gui.training_tab.lab_book import LabBook
from catdog_gui.training_tab.page import TrainingPage
from catdog_gui.training_tab.progress_line import ProgressLine
from catdog_gui.training_tab.settings_form import SettingsForm
from catdog_gui.widgets.device_line import DevicePanel

PLACES: Sequence[Place] = (
    Place(JudgingPage, "judging"),
    Place(ComparisonWindow, "lab-book"),
    Place(DevicePanel, "gpu"),
    Place(ModelForm, "models-from-others"),
    Place(KagglePanel, "kaggle"),
    Place(DatasetInvitation, "first-steps"),
    Place(DatasetPage, "check"),
    Place(TrainingInvitation, "first-steps"),
    Place(SettingsForm, "settings", needs_keyboard=True),
    Place(LabBook, "lab-book", needs_keyboard=True),
    Place(ProgressLine, "long-trainings"),
    Place(TrainingPage, "settings"),
    Place(SubmissionPanel, "kaggle"),
    Place(InsideView, "why"),
    Place(AlikeView, "why"),
    Place(DetailPanel, "why", needs_keyboard=True),
    Place(PredictionPage, "verdicts"),
)
"""The most special ones first."""
