"""The form that says how the pictures are to be split."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.dataset_tab.controls import Controls
from training.config import (
    FOLDERS_SCHEME,
    NOTEBOOK_SCHEME,
    RANGES,
    SHARES_SCHEME,
    SplitConfig,
)

_TITLE, _PROPOSING_TITLE = "Split again", "Next: split the pictures"
_SCHEMES = (SHARES_SCHEME, NOTEBOOK_SCHEME, FOLDERS_SCHEME)
_SCHEME_WORDS = ("By shares", "As in the notebook", "By the pictures' folders")
_EXPLANATIONS: Mapping[str, str] = {
    NOTEBOOK_SCHEME: "By the number in each file's name: below 10,000 for training, the next "
    "1,000 for validation, the 1,000 after those for the test, of each class. It is taken "
    "exactly, with its leaks.",
    FOLDERS_SCHEME: "As the pictures came: in folders named train, validation and test. Copies "
    "in other splits are left out.",
}
_MOST_PERCENT = 98  # each split but the test needs at least one


class SplitForm(QWidget):
    """Scheme, shares, seed, the button that splits, and a menu for splits in files.

    Signals:
        split_requested: The user wants the dataset split as `config` says.
        export_table_requested, export_folders_requested: The user wants the split in a table, or
            laid out in folders of links.
        import_table_requested: The user wants the dataset split as a table says.
    """

    split_requested = Signal()
    export_table_requested = Signal()
    export_folders_requested = Signal()
    import_table_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scheme = QComboBox()
        self.train = _percent_box("Share of training")
        self.validation = _percent_box("Share of validation")
        self.test = QLabel()
        self.seed = QSpinBox()
        self.button = QPushButton("Split")
        self.files = QToolButton()
        self.export_table = self._action("Export as a table…", self.export_table_requested)
        self.export_folders = self._action(
            "Export as folders of links…", self.export_folders_requested
        )
        self.import_table = self._action("Import a table…", self.import_table_requested)
        self._shares = QWidget()
        self._explanation = QLabel(wordWrap=True)
        self._is_proposed = False
        self.title = QLabel(_TITLE)
        self._dress()
        self._lay_out()
        self._connect()
        self.set_config(SplitConfig())

    def config(self) -> SplitConfig:
        """What the form says."""
        return SplitConfig(
            scheme=_SCHEMES[self.scheme.currentIndex()],
            train=self.train.value() / 100,
            validation=self.validation.value() / 100,
            seed=self.seed.value(),
        )

    def set_config(self, config: SplitConfig) -> None:
        """Fill the form; a share that leaves too little for the others is cut."""
        self.scheme.setCurrentIndex(_SCHEMES.index(config.scheme))
        self.train.setValue(round(config.train * 100))
        self.validation.setValue(round(config.validation * 100))
        self.seed.setValue(config.seed)
        self._settle()

    def set_controls(self, controls: Controls) -> None:
        """Switch what is live."""
        for widget in (self.scheme, self._shares, self.seed, self.button, self.import_table):
            widget.setEnabled(controls.can_split)
        for action in (self.export_table, self.export_folders):
            action.setEnabled(controls.can_export_split)
        self.set_proposed(controls.proposes_split)

    def set_proposed(self, is_proposed: bool) -> None:  # noqa: FBT001 - a setter's one value
        """Whether splitting is the one thing to do next."""
        if is_proposed == self._is_proposed:
            return
        self._is_proposed = is_proposed
        self.title.setText(_PROPOSING_TITLE if is_proposed else _TITLE)
        if is_proposed:
            theme.emphasise(self.button, icon_name="split")
        else:
            self.button.setStyleSheet("")
            self.button.setIcon(theme.icon("split"))

    def _settle(self) -> None:
        """Show what belongs to the scheme, and what the shares leave for the test."""
        explanation = _EXPLANATIONS.get(self.config().scheme, "")
        self._shares.setVisible(not explanation)
        self._explanation.setText(explanation)
        self._explanation.setVisible(bool(explanation))
        self.validation.setMaximum(100 - self.train.value())
        self.test.setText(f"{100 - self.train.value() - self.validation.value()} %")

    def _dress(self) -> None:
        self.scheme.addItems(_SCHEME_WORDS)
        self.scheme.setAccessibleName("Split scheme")
        self.seed.setRange(int(RANGES["seed"].low), int(RANGES["seed"].high))
        self.seed.setAccessibleName("Seed")
        self.seed.setToolTip("Another seed sends other pictures to each split")
        self.test.setToolTip("What training and validation leave")
        self.button.setIcon(theme.icon("split"))
        theme.strong(self.title)
        theme.caption(self._explanation)
        menu = QMenu(self)
        menu.addActions((self.export_table, self.export_folders, self.import_table))
        self.files.setMenu(menu)
        self.files.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.files.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.files.setIcon(theme.icon("more"))
        self.files.setToolTip("Splits in files")
        self.files.setAccessibleName("Splits in files")

    def _lay_out(self) -> None:
        shares = QGridLayout(self._shares)
        shares.setContentsMargins(0, 0, 0, 0)
        shares.setHorizontalSpacing(theme.SPACE_8)
        shares.setVerticalSpacing(theme.SPACE_4)
        fields = (
            ("Training", self.train),
            ("Validation", self.validation),
            ("Test", self.test),
            ("Seed", self.seed),
        )
        for place, (words, field) in enumerate(fields):
            label = QLabel(words)
            theme.caption(label)
            label.setBuddy(field)
            shares.addWidget(label, 0, place)
            shares.addWidget(field, 1, place)
            shares.setColumnStretch(place, 1)
        line = QFrame(frameShape=QFrame.Shape.HLine, frameShadow=QFrame.Shadow.Plain)
        line.setForegroundRole(QPalette.ColorRole.Dark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        column.addWidget(line)
        column.addWidget(self.title)
        for widget in (self.scheme, self._shares, self._explanation):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_8)
        row.addWidget(self.button, 1)
        row.addWidget(self.files)
        column.addLayout(row)

    def _connect(self) -> None:
        self.scheme.currentIndexChanged.connect(self._settle)
        self.train.valueChanged.connect(self._settle)
        self.validation.valueChanged.connect(self._settle)
        self.button.clicked.connect(lambda *_: self.split_requested.emit())

    def _action(self, words: str, asked: SignalInstance) -> QAction:
        action = QAction(words, self)
        action.triggered.connect(lambda *_: asked.emit())
        return action


def _percent_box(name: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(1, _MOST_PERCENT)
    box.setSuffix(" %")
    box.setAccessibleName(name)
    return box
