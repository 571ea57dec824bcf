"""What the network is made of: its layers as a table, and the summary as Keras prints it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.widgets.facts_table import Column, FactsTable
from training.events import LayerFacts, NetworkBuilt

_COLUMNS = (
    Column("Layer", "Keras' name of the layer"),
    Column("Kind", "What the layer does"),
    Column("Output", "Height, width and number of feature maps; or the number of neurons"),
    Column("Parameters", "Weights that are learned", is_number=True),
    Column(
        "Receptive field",
        "Input pixels that one output of the layer sees, along one side",
        is_number=True,
    ),
)
_INVITATION = "The network of this preset, layer by layer, with what each neuron sees."
_LOADING = "Building the network; the first time TensorFlow is loaded…"


class NetworkView(QWidget):
    """An invitation, or the network's table and summary.

    Signals:
        network_requested: The user wants the network of the chosen preset built and shown.
    """

    network_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QPushButton(theme.icon("training"), "Show the network")
        self.table = FactsTable(_COLUMNS)
        self.text = QPlainTextEdit(readOnly=True)
        self._sentence = QLabel(_INVITATION, alignment=Qt.AlignmentFlag.AlignCenter)
        self._total = QLabel()
        self._stack = QStackedWidget()
        self._dress()
        self._lay_out()
        self.button.clicked.connect(lambda *_: self.network_requested.emit())

    def show_invitation(self) -> None:
        """No network is built for what the form says now."""
        self._sentence.setText(_INVITATION)
        self.button.show()
        self._stack.setCurrentIndex(0)

    def show_loading(self) -> None:
        """The network is being built."""
        self._sentence.setText(_LOADING)
        self.button.hide()
        self._stack.setCurrentIndex(0)

    def show_network(self, network: NetworkBuilt) -> None:
        """Show a network's layers and its summary."""
        self.table.setRowCount(len(network.layers))
        for row, layer in enumerate(network.layers):
            self.table.fill_row(row, layer_words(layer))
        self.text.setPlainText(network.summary)
        self._total.setText(total_words(network.layers))
        self._stack.setCurrentIndex(1)

    def _dress(self) -> None:
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setAccessibleName("Layers of the network")
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName("The network's summary as Keras prints it")
        theme.strong(self._total)

    def _lay_out(self) -> None:
        invitation = QWidget()
        middle = QVBoxLayout(invitation)
        middle.addStretch()
        middle.addWidget(self._sentence)
        middle.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignCenter)
        middle.addStretch()
        shown = QWidget()
        below = QVBoxLayout(shown)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.SPACE_8)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(self.table)
        halves.addWidget(self.text)
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        below.addWidget(self._total)
        below.addWidget(halves, 1)
        self._stack.addWidget(invitation)
        self._stack.addWidget(shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)


def layer_words(layer: LayerFacts) -> tuple[str, ...]:
    """The cells of one layer's row."""
    field = f"{layer.receptive_field} x {layer.receptive_field}" if layer.receptive_field else "all"
    return (
        layer.name,
        layer.kind,
        " x ".join(f"{side:,}" for side in layer.output_shape),
        f"{layer.parameters:,}" if layer.parameters else "—",
        field,
    )


def total_words(layers: Sequence[LayerFacts]) -> str:
    """How large the network is."""
    weights = sum(layer.parameters for layer in layers)
    return f"{len(layers)} layers, {weights:,} parameters"
