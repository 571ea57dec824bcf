"""The network from inside: its layers, what each makes of the picture, and one number's making."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

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
from catdog_gui.language import Language
from catdog_gui.prediction_tab.inside_facts import LayerLook, UnitLook
from catdog_gui.prediction_tab.inside_sentences import SENTENCES
from catdog_gui.prediction_tab.layer_words import caption_of, size_words, words_of
from catdog_gui.prediction_tab.map_picture import MapPicture
from catdog_gui.prediction_tab.maps_view import MapsView
from catdog_gui.prediction_tab.unit_words import unit_words
from catdog_gui.prediction_tab.wide_view import WideView
from catdog_gui.widgets.segments import Segments
from training.events import LayerFacts

if TYPE_CHECKING:
    from training.inference.unit import Floats

_LAYERS_WIDTH_PX = 180
_MAPS, _KERNEL = 0, 1
_FIRST_KIND = "Conv2D"
_LANGUAGES = tuple(Language)


class InsideView(WideView):
    """Layers on the left; on the right one layer's maps, one map large, and one of its numbers.

    Signals:
        layer_chosen: The name of the layer that is looked at now.
        unit_requested: The `Place` of the number whose making the user wants to see.
        language_chosen: The `Language` in which the user wants to read.
    """

    layer_chosen = Signal(str)
    unit_requested = Signal(object)
    language_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        languages = Segments([each.value for each in _LANGUAGES], "Language")
        super().__init__("", parent, beside=languages)
        self._languages = languages
        self._language = Language.ENGLISH
        self._facts: tuple[LayerFacts, ...] = ()
        self._look: LayerLook | None = None
        self._told: UnitLook | None = None
        self._channel = 0  # the map that is looked at
        self._chosen = ""  # a layer's name, kept from picture to picture
        self._layers = QListWidget()
        self._caption = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        self._shown = Segments(("", ""), "")
        self._maps = MapsView()
        self._map = MapPicture()
        self._unit = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        self._unit.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lower = QWidget()
        self._dress_layers()
        self.set_body(self._laid_out_body())
        self._connect()
        self.set_language(self._language)
        self.clear()

    def set_language(self, language: Language) -> None:
        """Say all of it in a language, what is shown already too."""
        self._language, say = language, SENTENCES[language]
        self._languages.choose(_LANGUAGES.index(language))
        self.set_head(say.title, say.back)
        self._shown.set_words((say.maps, say.kernel), say.shown)
        self._layers.setAccessibleName(say.layers)
        self._maps.setAccessibleName(say.maps_of_layer)
        self._map.setAccessibleName(say.chosen_map)
        for row, facts in enumerate(self._facts):
            self._layers.item(row).setText(self._layer_words(facts))
        self._show_caption()
        self._show_making()

    def clear(self) -> None:
        """Show nothing."""
        self._facts, self._look, self._told = (), None, None
        self._layers.clear()
        self._maps.show_maps(None)
        self.show_failure("")

    def show_untold(self, words: str) -> None:
        """Say why nothing is told of a number, in that place."""
        self._told = None
        self._unit.setText(words)

    def show_layers(self, facts: Sequence[LayerFacts]) -> None:
        """Offer layers, and look at the one of before or at the first convolution."""
        self._facts = tuple(facts)
        self._layers.clear()
        for each in facts:
            item = QListWidgetItem(self._layer_words(each))
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
        self._look, self._told = look, None
        self._shown.button(_KERNEL).setEnabled(look.kernels is not None)
        self._shown.choose(_MAPS)
        self._map.show_map(None)
        self._show_caption()
        self._show_making()
        self._lower.setVisible(look.maps is not None)
        for part in (self._shown, self._maps):
            part.setVisible(look.maps is not None and not look.is_sheet)
        self._maps.show_maps(None if look.is_sheet else look.maps)
        if look.is_sheet:
            self._show_map(look.sheet)
        elif look.maps is not None:
            self._maps.choose(0)

    def show_unit(self, look: UnitLook) -> None:
        """Show what made a number."""
        self._told = look
        self._show_making()

    def _show_caption(self) -> None:
        if self._look is None:
            return
        if self._shown.place == _KERNEL:
            number = self._language.count(self._channel + 1)
            words = SENTENCES[self._language].kernel_caption.format(map=number)
        else:
            is_shown = self._look.maps is not None
            words = caption_of(self._look.facts, self._language, is_shown=is_shown)
        self._caption.setText(words)

    def _show_making(self) -> None:
        if self._told is not None:
            self._unit.setText(unit_words(self._told, self._language))
        elif self._look is not None:
            tells = self._look.tells_units
            self._unit.setText("" if tells else SENTENCES[self._language].untold)

    def _show_map(self, numbers: Floats) -> None:
        """Show a map, or all numbers on a sheet, and choose the strongest place."""
        self._map.show_map(numbers)
        row, column = divmod(int(numbers.argmax()), numbers.shape[1])
        self._map.mark(row, column)
        self._on_map_place_chosen(row, column)

    def _layer_words(self, facts: LayerFacts) -> str:
        title = words_of(facts.kind, self._language).title
        return f"{title}\n{size_words(facts, self._language)}"

    def _on_languages_chosen(self, place: int) -> None:
        self.language_chosen.emit(_LANGUAGES[place])

    def _on_layers_current_item_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._chosen = item.data(Qt.ItemDataRole.UserRole)
            self.layer_chosen.emit(self._chosen)

    def _on_shown_chosen(self, place: int) -> None:
        if self._look is None or self._look.kernels is None:
            return
        self._show_caption()
        is_kernel = place == _KERNEL
        self._maps.show_maps(
            self._look.kernels[..., self._channel] if is_kernel else self._look.maps
        )

    def _on_maps_map_chosen(self, channel: int) -> None:
        if self._look is None or self._look.maps is None or self._shown.place == _KERNEL:
            return
        self._channel = channel
        self._show_map(self._look.maps[..., channel])

    def _on_map_place_chosen(self, row: int, column: int) -> None:
        if self._look is not None and self._look.tells_units:
            self.unit_requested.emit(self._look.place_at(row, column, self._channel))

    def _dress_layers(self) -> None:
        self._layers.setFixedWidth(_LAYERS_WIDTH_PX)
        self._layers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._layers.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._layers.setSpacing(theme.SPACE_4 // 2)

    def _connect(self) -> None:
        self._languages.chosen.connect(self._on_languages_chosen)
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
