"""Sends the picture that is looked at through the network, and says what is asked of it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from catdog_gui.language import Language, language_named
from catdog_gui.prediction_tab.explaining import LookInside, NetworkInside
from catdog_gui.prediction_tab.inside_facts import LayerLook, Place, UnitLook
from catdog_gui.prediction_tab.latest_job import LatestJob, Question
from catdog_gui.prediction_tab.layer_words import has_places
from catdog_gui.prediction_tab.page import PredictionPage
from catdog_gui.settings import INSIDE_LANGUAGE, Settings
from training.cancellation import CancelToken
from training.events import EventSink, LayerFacts

_TITLE = "Looking inside"


class InsideWork:
    """Fills the view of the network; Keras is asked in jobs alone.

    Args:
        page: Has the view.
        latest: Runs the jobs.
        look_inside: Sends pictures through; None where this program cannot.
        settings: Remembers the language.
    """

    def __init__(
        self,
        page: PredictionPage,
        latest: LatestJob,
        look_inside: LookInside | None,
        settings: Settings,
    ) -> None:
        self._view = page.inside
        self._settings = settings
        self._panel = page.panel
        self._latest = latest
        self._look_inside = look_inside
        self._inside: NetworkInside | None = None
        self._view.set_language(language_named(settings.get(INSIDE_LANGUAGE)))
        self._view.language_chosen.connect(self._on_view_language_chosen)
        self._view.layer_chosen.connect(self._on_view_layer_chosen)
        self._view.unit_requested.connect(self._on_view_unit_requested)

    def show(self, picture: Path, folder: Path) -> None:
        """Show a picture's way through the network of a run."""
        self.clear()
        self._panel.clear_look()
        if self._look_inside is not None:
            view, job = self._view, partial(self._look_inside, picture, folder)
            view.show_waiting(f"{_TITLE} …")
            self._latest.ask(
                Question(_TITLE, job, self._show, wait=view.show_waiting, fail=view.show_failure)
            )

    def clear(self) -> None:
        """Forget the picture, which frees its maps."""
        self._inside = None
        self._view.clear()

    def _show(self, inside: NetworkInside) -> None:
        self._inside = inside
        self._view.show_layers(inside.facts)

    def _on_view_language_chosen(self, language: Language) -> None:
        self._settings.set(INSIDE_LANGUAGE, language.value)
        self._view.set_language(language)

    def _on_view_layer_chosen(self, layer: str) -> None:
        if self._inside is not None:
            job = partial(_layer_of, self._inside, layer)
            self._ask(job, self._show_layer)

    def _on_view_unit_requested(self, place: Place) -> None:
        if self._inside is not None:
            self._ask(partial(_unit_of, self._inside, place), self._show_unit)

    def _ask(self, job: Callable[..., object], then: Callable[[Any], None]) -> None:
        say = self._view.show_untold
        self._latest.ask(Question(_TITLE, job, then, wait=say, fail=say))

    def _show_layer(self, look: LayerLook) -> None:
        self._panel.show_field(None)
        self._view.show_layer(look)

    def _show_unit(self, look: UnitLook) -> None:
        self._view.show_unit(look)
        self._panel.show_field(look.field_shares)


def _layer_of(
    inside: NetworkInside,
    layer: str,
    *,
    emit: EventSink,  # noqa: ARG001 - a job's form: it is over before there is news
    token: CancelToken,  # noqa: ARG001 - likewise
) -> LayerLook:
    facts = _facts_of(inside, layer)
    if layer not in inside.layers:
        return LayerLook(facts)
    return LayerLook(
        facts, inside.maps(layer), inside.kernels(layer), tells_units=inside.tells_units(layer)
    )


def _unit_of(
    inside: NetworkInside,
    place: Place,
    *,
    emit: EventSink,  # noqa: ARG001 - likewise
    token: CancelToken,  # noqa: ARG001 - likewise
) -> UnitLook:
    unit = inside.unit(place.layer, place.row, place.column, place.channel)
    return UnitLook(place, unit, inside.side, has_places(_facts_of(inside, place.layer)))


def _facts_of(inside: NetworkInside, layer: str) -> LayerFacts:
    return next(each for each in inside.facts if each.name == layer)
