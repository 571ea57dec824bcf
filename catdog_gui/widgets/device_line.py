"""What a training computes on: a word in the status bar, and behind it why, and what to do."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from training.learning.doctor import Device, Diagnosis, report, versions_line
from training.learning.findings import Finding

_LOOKING = "Looking for a GPU"
_HELP = "What a training computes on. Click for why, and what to do."
_WIDTH_PX = 440
_ICON_PX = 16


class DeviceLine(QToolButton):
    """The device in words; a click opens the panel with all that is known of it.

    Signals:
        opened: The panel is shown.
    """

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = DevicePanel()
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setToolTip(_HELP)
        self.setEnabled(False)
        self.show_used(_LOOKING)
        self.clicked.connect(self._on_clicked)

    def show_diagnosis(self, diagnosis: Diagnosis) -> None:
        """Show what the doctor says."""
        is_idle = bool(diagnosis.obstacles)
        self.show_used(f"{diagnosis.words}, GPU not used" if is_idle else diagnosis.words)
        if is_idle:
            self.setIcon(theme.icon("warning", meaning="warning"))
        self.panel.show_diagnosis(diagnosis)
        self.setEnabled(True)

    def show_used(self, words: str) -> None:
        """Show what a training computes on."""
        self.setText(words)
        self.setAccessibleName(f"Device: {words}")

    def _on_clicked(self) -> None:
        if self.panel.isVisible():
            self.panel.hide()
            return
        self.panel.show_in(self.window(), above=self)
        self.opened.emit()


class DevicePanel(QFrame):
    """The devices, what the doctor finds, and a button that copies all of it.

    It lies on the window, in the corner above its status bar, and blocks nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self._report = ""
        self._edge_px = 0
        self._words = QLabel()
        self._column = QVBoxLayout(self)
        self._rows = QVBoxLayout()
        self._copy = QPushButton(theme.icon("paste"), "")
        self._close = QToolButton()
        self._dress()
        self._lay_out()
        self.hide()

    def report(self) -> str:
        """What Copy puts on the clipboard."""
        return self._report

    def show_diagnosis(self, diagnosis: Diagnosis) -> None:
        """Fill the panel."""
        self._report = f"{versions_line()}\n{report(diagnosis)}"
        self._words.setText(diagnosis.words)
        self._drop_rows()
        for device in diagnosis.devices if len(diagnosis.devices) > 1 else ():
            self._rows.addWidget(_device_row(device))
        for finding in diagnosis.findings:
            self._rows.addWidget(_finding_row(finding))

    def _drop_rows(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def show_in(self, window: QWidget, *, above: QWidget) -> None:
        """Show the panel in a window's lower right corner.

        Args:
            window: On which it lies; it moves along with its corner.
            above: What stays visible below it.
        """
        if self.parentWidget() is not window:
            self.setParent(window)
            window.installEventFilter(self)
        self._edge_px = window.height() - above.mapTo(window, QPoint(0, 0)).y() + theme.SPACE_4
        self._copy.setText("Copy for a support message")
        self.show()
        self._move_to_corner(window.size())
        self.raise_()
        self._copy.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep to the window's corner."""
        if isinstance(event, QResizeEvent) and self.isVisible():
            self._move_to_corner(event.size())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes the panel."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _move_to_corner(self, room: QSize) -> None:
        height = self._column.totalHeightForWidth(_WIDTH_PX)
        place = QPoint(room.width() - _WIDTH_PX - theme.SPACE_8, room.height() - height)
        self.setGeometry(QRect(place - QPoint(0, self._edge_px), QSize(_WIDTH_PX, height)))

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self._copy.setText("Copied")

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName("Device")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        theme.heading(self._words)
        self._words.setWordWrap(True)
        self._copy.setToolTip("Copy devices, findings and versions as text")
        self._copy.clicked.connect(self._on_copy_clicked)
        self._close.setIcon(theme.icon("close"))
        self._close.setAutoRaise(True)
        self._close.setToolTip("Close this panel")
        self._close.setAccessibleName("Close this panel")
        self._close.clicked.connect(self.hide)

    def _lay_out(self) -> None:
        what = QLabel("A training computes on")
        theme.caption(what)
        self._rows.setSpacing(theme.SPACE_12)
        below = QHBoxLayout()
        below.addStretch()
        below.addWidget(self._copy)
        column = self._column
        column.setContentsMargins(*[theme.SPACE_16] * 4)
        column.setSpacing(theme.SPACE_12)
        top = QHBoxLayout()
        top.addWidget(what, 1)
        top.addWidget(self._close)
        column.addLayout(top)
        column.addWidget(self._words)
        column.addLayout(self._rows)
        column.addLayout(below)


def _device_row(device: Device) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    memory = f" · {device.memory / 2**30:,.0f} GiB" if device.memory else ""
    line.addWidget(QLabel(f"{device.name}{memory}"), 1)
    line.addWidget(QLabel("used" if device.is_used else "not used"))
    return row


def _finding_row(finding: Finding) -> QWidget:
    row = QWidget()
    grid = QGridLayout(row)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.SPACE_8)
    grid.setVerticalSpacing(theme.SPACE_4)
    name, meaning = ("warning", "warning") if finding.keeps_gpu_idle else ("info", "")
    icon = QLabel()
    icon.setPixmap(theme.icon(name, meaning=meaning).pixmap(_ICON_PX))
    grid.addWidget(icon, 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(_wrapping(finding.sentence), 0, 1, Qt.AlignmentFlag.AlignTop)
    if finding.next_step:
        grid.addWidget(QLabel("→"), 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_wrapping(finding.next_step), 1, 1, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(1, 1)
    return row


def _wrapping(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
