"""The network from inside: its layers, what each makes of the picture, and one number's making."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from catdog_gui import theme
from catdog_gui.prediction_tab.inside_facts import LayerLook, Place, UnitLook
from catdog_gui.prediction_tab.layer_words import caption_of, size_words, words_of
from catdog_gui.prediction_tab.map_picture import MapPicture
from catdog_gui.prediction_tab.maps_view import MapsView
from catdog_gui.prediction_tab.unit_words import unit_words
from catdog_gui.prediction_tab.wide_view import WideView
from catdog_gui.widgets.segments import Segments
from training.events import LayerFacts

_LAYERS_WIDTH_PX = 180
_MAPS, _KERNEL = 0, 1
_KERNEL_CAPTION = (
    "The kernel of map {}: one small image of weights for each map before it, the least black and "
    "the largest white."
)
_FIRST_KIND = "Conv2D"
_UNTOLD = "Of this layer it is not told what made a number. Choose a convolution or a pooling."


class InsideView(WideView):
    """Layers on the left; on the right one layer's maps, one map large, and one of its numbers.

    Signals:
        layer_chosen: The name of the layer that is looked at now.
        unit_requested: The `Place` of the number whose making the user wants to see.
    """

    layer_chosen = Signal(str)
    unit_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("The network from inside", parent)
        self._look: LayerLook | None = None
        self._channel = 0  # the map that is looked at
        self._chosen = ""  # a layer's name, kept from picture to picture
        self._layers = QListWidget()
        self._layers.setFixedWidth(_LAYERS_WIDTH_PX)
        self._layers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._layers.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._layers.setSpacing(theme.SPACE_4 // 2)
        self._layers.setAccessibleName("Layers")
        self._caption = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        self._shown = Segments(("Maps", "Kernel"), "Shown")
        self._maps = MapsView()
        self._map = MapPicture()
        self._unit = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        self._unit.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lower = QWidget()
        self.set_body(self._laid_out_body())
        self._connect()
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self._look = None
        self._layers.clear()
        self._maps.show_maps(None)
        self.show_failure("")

    def show_untold(self, words: str) -> None:
        """Say why nothing is told of a number, in that place."""
        self._unit.setText(words)

    def show_layers(self, facts: Sequence[LayerFacts]) -> None:
        """Offer layers, and look at the one of before or at the first convolution."""
        self._layers.clear()
        for each in facts:
            item = QListWidgetItem(f"{words_of(each.kind).title}\n{size_words(each)}")
            item.setToolTip(each.name)
            item.setData(Qt.ItemDataRole.UserRole, each.name)
            self._layers.addItem(item)
        names = [each.name for each in facts]
        kinds = [each.kind for each in facts]
        first = kinds.index(_FIRST_KIND) if _FIRST_KIND in kinds else 0
        self.show_body()
        self._layers.setCurrentRow(names.index(self._chosen) if self._chosen in names else first)

    def show_layer(self, look: LayerLook) -> None:
        """Show a layer; of its first map the strongest place is chosen."""
        self._look = look
        self._caption.setText(caption_of(look.facts))
        self._shown.button(_KERNEL).setEnabled(look.kernels is not None)
        self._shown.choose(_MAPS)
        self._map.show_map(None)
        self._unit.setText("" if look.tells_units else _UNTOLD)
        self._maps.show_maps(look.maps)
        for part in (self._shown, self._maps, self._lower):
            part.setVisible(look.maps is not None)
        if look.maps is not None:
            self._maps.choose(0)

    def show_unit(self, look: UnitLook) -> None:
        """Show what made a number."""
        self._unit.setText(unit_words(look))

    def _on_layers_current_item_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._chosen = item.data(Qt.ItemDataRole.UserRole)
            self.layer_chosen.emit(self._chosen)

    def _on_shown_chosen(self, place: int) -> None:
        if self._look is None or self._look.kernels is None:
            return
        if place == _KERNEL:
            self._caption.setText(_KERNEL_CAPTION.format(f"{self._channel + 1:,}"))
            self._maps.show_maps(self._look.kernels[..., self._channel])
        else:
            self._caption.setText(caption_of(self._look.facts))
            self._maps.show_maps(self._look.maps)

    def _on_maps_map_chosen(self, channel: int) -> None:
        if self._look is None or self._look.maps is None or self._shown.place == _KERNEL:
            return
        self._channel = channel
        numbers = self._look.maps[..., channel]
        self._map.show_map(numbers)
        row, column = divmod(int(numbers.argmax()), numbers.shape[1])
        self._map.mark(row, column)
        self._on_map_place_chosen(row, column)

    def _on_map_place_chosen(self, row: int, column: int) -> None:
        if self._look is not None and self._look.tells_units:
            name = self._look.facts.name
            self.unit_requested.emit(Place(name, row, column, self._channel))

    def _connect(self) -> None:
        self._layers.currentItemChanged.connect(self._on_layers_current_item_changed)
        self._shown.chosen.connect(self._on_shown_chosen)
        self._maps.map_chosen.connect(self._on_maps_map_chosen)
        self._map.place_chosen.connect(self._on_map_place_chosen)

    def _laid_out_body(self) -> QWidget:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self._unit)
        lower = QHBoxLayout(self._lower)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(theme.SPACE_12)
        lower.addWidget(self._map, alignment=Qt.AlignmentFlag.AlignTop)
        lower.addWidget(scroll, stretch=1)
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE_8)
        right.addWidget(self._caption)
        right.addWidget(self._shown, alignment=Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self._maps, stretch=2)
        right.addWidget(self._lower, stretch=3)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_12)
        row.addWidget(self._layers)
        row.addLayout(right, stretch=1)
        return body
