"""The Kaggle panel's upper part: the token that is used, or a line to give one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.dataset_tab import kaggle_words as words
from catdog_gui.dataset_tab.kaggle_controls import Found, KaggleControls
from catdog_gui.widgets.elided_label import ElidedLabel
from training.dataset.kaggle.credential import Secret
from training.dataset.kaggle.places import TOKEN_PAGE
from training.dataset.kaggle.store import Place

_HOW = (
    f"Create one on {words.link(TOKEN_PAGE, 'your settings page at Kaggle')}, and paste it here; "
    "or drop or choose the file that Kaggle gives, such as kaggle.json."
)
_PLACES = (Place.KEYRING, Place.SESSION, Place.FILE)
_PLACE_WORDS = ("In the keyring", "For this session only", "In a file that only you can read")


class TokenForm(QWidget):
    """What is known of the token, and how to give another.

    A token that is typed or pasted shows as dots, and leaves as a `Secret`.

    Signals:
        keep_requested: The user gives a token, as a `Secret`, to be kept in a `Place`.
        file_requested: The user wants to choose a file that holds one.
        test_requested, forget_requested: The user wants to know whose it is; to have it forgotten.
        page_requested: The user wants to see a web page.
    """

    keep_requested = Signal(object, object)
    file_requested = Signal()
    test_requested = Signal()
    forget_requested = Signal()
    page_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.token, self.owner = ElidedLabel(), ElidedLabel()
        self.test = QPushButton("Test")
        self.forget = QPushButton("Forget")
        self.another = QPushButton("Use another…")
        self.line = QLineEdit(placeholderText="Paste a token, or the text of kaggle.json")
        self.keep = QPushButton("Keep")
        self.file = QPushButton(theme.icon("folder"), "Choose a file…")
        self.places = [QRadioButton(each) for each in _PLACE_WORDS]
        self._how = QLabel(_HOW, wordWrap=True)
        self._there, self._giving = QWidget(), QWidget()
        self._can_give = self._has_chosen = False
        self._dress()
        self._lay_out()
        self._connect()

    @property
    def place(self) -> Place:
        """Where a token is to be kept."""
        return next(
            place for place, box in zip(_PLACES, self.places, strict=True) if box.isChecked()
        )

    def set_controls(self, controls: KaggleControls) -> None:
        """Show what the state calls for."""
        self._there.setVisible(controls.shows_token)
        if not controls.shows_token:
            self._giving.show()
        self.test.setEnabled(controls.can_test)
        self.forget.setVisible(controls.offers_forget)
        self.forget.setEnabled(controls.can_forget)
        self._can_give = controls.can_give
        self._offer_keyring(is_there=controls.can_use_keyring)
        self._settle()

    def show_found(self, found: Found) -> None:
        """Show which token is used; the line for another is put away."""
        credential = found.credential
        if credential is not None:
            self.token.setText(words.token_words(credential))
            owner = words.owner_words(credential, is_ours=found.is_ours)
            self.owner.setText(owner)
            self.owner.setVisible(bool(owner))
        self._giving.setVisible(credential is None)

    def clear(self) -> None:
        """Empty the line."""
        self.line.setText("")

    def _offer_keyring(self, *, is_there: bool) -> None:
        """The keyring is the first choice wherever there is one, until the user chooses."""
        keyring, session, _ = self.places
        keyring.setEnabled(is_there)
        keyring.setText(_PLACE_WORDS[0] + ("" if is_there else words.WITHOUT_KEYRING))
        if not self._has_chosen or (keyring.isChecked() and not is_there):
            (keyring if is_there else session).setChecked(True)

    def _on_place_chosen(self) -> None:
        self._has_chosen = True

    def _on_keep_requested(self) -> None:
        if self.keep.isEnabled():
            self.keep_requested.emit(Secret(self.line.text()), self.place)

    def _on_another_requested(self) -> None:
        self._giving.setVisible(self._giving.isHidden())
        self.line.setFocus()

    def _settle(self) -> None:
        """Only what is there can be kept."""
        for widget in (self.line, self.file):
            widget.setEnabled(self._can_give)
        self.keep.setEnabled(self._can_give and bool(self.line.text().strip()))

    def _dress(self) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName("Token")
        self.places[2].setToolTip("The file “kaggle-token” in CatDog's own folder, with mode 0600")
        self.test.setToolTip("Ask Kaggle who you are")
        self.forget.setIcon(theme.icon("trash"))
        for label in (self.owner, self._how):
            theme.caption(label)

    def _lay_out(self) -> None:
        text = QVBoxLayout()
        text.setSpacing(theme.SPACE_4)
        text.addWidget(self.token)
        text.addWidget(self.owner)
        there = _row(self._there)
        there.addLayout(text, 1)
        for button in (self.test, self.forget, self.another):
            there.addWidget(button)
        giving = QVBoxLayout(self._giving)
        giving.setContentsMargins(0, 0, 0, 0)
        giving.setSpacing(theme.SPACE_8)
        line = _row()
        line.addWidget(self.line, 1)
        line.addWidget(self.keep)
        line.addWidget(self.file)
        giving.addLayout(line)
        places = _row()
        places.addWidget(QLabel("Keep it"))
        for box in self.places:
            places.addWidget(box)
        places.addStretch()
        giving.addLayout(places)
        giving.addWidget(self._how)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_8)
        column.addWidget(self._there)
        column.addWidget(self._giving)

    def _connect(self) -> None:
        self.line.textChanged.connect(lambda _: self._settle())
        self.line.returnPressed.connect(self._on_keep_requested)
        self.keep.clicked.connect(lambda *_: self._on_keep_requested())
        self.file.clicked.connect(lambda *_: self.file_requested.emit())
        self.test.clicked.connect(lambda *_: self.test_requested.emit())
        self.forget.clicked.connect(lambda *_: self.forget_requested.emit())
        self.another.clicked.connect(lambda *_: self._on_another_requested())
        for box in self.places:
            box.clicked.connect(lambda *_: self._on_place_chosen())
        self._how.linkActivated.connect(self.page_requested)


def _row(owner: QWidget | None = None) -> QHBoxLayout:
    row = QHBoxLayout() if owner is None else QHBoxLayout(owner)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.SPACE_8)
    return row
