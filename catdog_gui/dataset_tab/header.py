"""The tab's top line: which dataset, how to bring pictures, and what is needed less often."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from catdog_gui import theme
from catdog_gui.dataset_tab.controls import Controls
from catdog_gui.widgets.dataset_combo import DatasetCombo


class Header(QWidget):
    """The chooser, "Add pictures", "Check" and a menu.

    Signals:
        dataset_chosen: The user chose the dataset in that row.
        kaggle_requested, import_zip_requested, import_folder_requested, sample_requested: The user
            wants to bring pictures from Kaggle, out of a zip, out of a folder, or have them drawn.
        add_zip_requested, add_folder_requested: The user wants to bring pictures to the dataset.
        check_requested: The user wants to know what is wrong with the dataset.
        delete_requested: The user wants to delete the dataset.
    """

    dataset_chosen = Signal(int)
    kaggle_requested = Signal()
    import_zip_requested = Signal()
    import_folder_requested = Signal()
    sample_requested = Signal()
    add_zip_requested = Signal()
    add_folder_requested = Signal()
    check_requested = Signal()
    delete_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = DatasetCombo()
        self.combo.setAccessibleName("Dataset")
        self.combo.setToolTip("The dataset that is shown here")
        self.combo.activated.connect(self.dataset_chosen)
        self.kaggle_action = self._action("From Kaggle…", "download", self.kaggle_requested)
        self.zip_action = self._action("A zip…", "archive", self.import_zip_requested)
        self.folder_action = self._action("A folder…", "folder", self.import_folder_requested)
        self.sample_action = self._action("Drawn sample set", "draw", self.sample_requested)
        self.delete_action = self._action("Delete dataset…", "trash", self.delete_requested)
        self.add_button = _menu_button(
            self, (self.kaggle_action, self.zip_action, self.folder_action, self.sample_action)
        )
        self.add_zip_action = self._action("A zip…", "archive", self.add_zip_requested)
        self.add_folder_action = self._action("A folder…", "folder", self.add_folder_requested)
        self.addition = QMenu(self)
        self.addition.setIcon(theme.icon("add"))
        self.addition.addActions((self.add_zip_action, self.add_folder_action))
        self.add_button.menu().addSeparator()
        self.add_button.menu().addMenu(self.addition)
        self.check_button = QPushButton(theme.icon("check"), "Check")
        self._lay_out()
        self.set_datasets([], 0)

    def set_datasets(self, words: Sequence[str], chosen: int) -> None:
        """Offer datasets.

        Args:
            words: A line for each.
            chosen: The row that is chosen.
        """
        self.combo.set_datasets(words, chosen)

    def set_addition(self, words: str) -> None:
        """Offer to bring pictures to the dataset that is shown, in these words."""
        self.addition.setTitle(words)

    def set_controls(self, controls: Controls) -> None:
        """Switch what is live."""
        self.combo.setEnabled(controls.can_choose)
        self.add_button.setEnabled(controls.can_add)
        self.addition.menuAction().setVisible(controls.can_choose)
        self.addition.setEnabled(controls.can_add_to)
        self.check_button.setEnabled(controls.can_check)
        self.delete_action.setEnabled(controls.can_delete)

    def _action(self, words: str, icon: str, asked: SignalInstance) -> QAction:
        action = QAction(theme.icon(icon), words, self)
        action.triggered.connect(lambda *_: asked.emit())
        return action

    def _lay_out(self) -> None:
        label = QLabel("Dataset")
        label.setBuddy(self.combo)
        self.add_button.setText("Add pictures ▾")
        self.add_button.setIcon(theme.icon("add"))
        self.add_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.check_button.setToolTip(
            "Look for damaged pictures, copies, poor pictures and suspicious labels"
        )
        self.check_button.clicked.connect(lambda *_: self.check_requested.emit())
        more = _menu_button(self, (self.delete_action,))
        more.setIcon(theme.icon("more"))
        more.setToolTip("More")
        more.setAccessibleName("More")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_8)
        row.addWidget(label)
        row.addWidget(self.combo)
        row.addWidget(self.add_button)
        row.addStretch()
        row.addWidget(self.check_button)
        row.addWidget(more)


def _menu_button(parent: QWidget, actions: Sequence[QAction]) -> QToolButton:
    menu = QMenu(parent)
    menu.addActions(actions)
    button = QToolButton()
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setMenu(menu)
    button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
    return button
