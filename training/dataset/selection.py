"""Which pictures of a catalogue are looked at, in which order, and what they are in figures."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from training.dataset import selection_queries as queries
from training.dataset.catalog_file import CatalogFile, Numbers
from training.dataset.finding import FindingKind
from training.dataset.picture import Order, Split, State
from training.dataset.picture_filter import SIZE_STEP_BYTES, Figures, PictureFilter, Problem

_WILD = str.maketrans({sign: f"\\{sign}" for sign in "\\%_"})
_STATES: Mapping[Problem | FindingKind | None, State] = {
    None: State.USED,
    Problem.QUARANTINED: State.QUARANTINED,
    Problem.EXCLUDED: State.EXCLUDED,
}
_SOURCES = {
    Problem.ANY: queries.ANY_PROBLEM,
    Problem.LEAK: queries.GIVEN,
    Problem.DISMISSED: queries.DISMISSED,
}


class Selection:
    """Answers in half a second, of a million pictures too.

    Args:
        file: The catalogue's.
    """

    def __init__(self, file: CatalogFile) -> None:
        self._file = file

    def leaking(self) -> Numbers:
        """The ids of the pictures that leak, copy by copy."""
        return self._file.chosen(queries.LEAKING, {})

    def ids(
        self,
        wanted: PictureFilter,
        order: Order = Order.USUAL,
        *,
        leaking: Sequence[int] = (),
    ) -> Numbers:
        """The ids of the pictures that pass a filter, in an order, int64 (pictures,).

        Args:
            wanted: The filter.
            order: Which come first.
            leaking: What `leaking` gave: to find them takes longer than all else.
        """
        values = _values(wanted, leaking)
        if wanted.problem in _STATES:
            return self._of_a_state(wanted, values, order)
        source = _SOURCES.get(wanted.problem, queries.ONE_KIND)  # type: ignore[arg-type]
        return self._among(source, wanted, values, order)

    def figures(self, wanted: PictureFilter, *, leaking: Sequence[int] = ()) -> Figures:
        """What passes a filter, counted; the arguments are those of `ids`."""
        values = _values(wanted, leaking)
        where = f"WHERE {_condition(wanted)}"
        if wanted.problem not in _STATES:
            ids = self.ids(wanted, leaking=leaking)
            where, values = queries.THESE, {"ids": json.dumps(ids.tolist())}

        def rows(query: str) -> list[tuple[str, str, int]]:
            return self._file.rows_of(query.format(where=where, step=SIZE_STEP_BYTES), values)

        return Figures(
            {
                (label, Split(split) if split else None): n
                for label, split, n in rows(queries.PLACES)
            },
            {(int(w), int(h)): n for w, h, n in rows(queries.SIDES) if int(w)},
            {(label, int(step)): n for label, step, n in rows(queries.SIZES)},
        )

    def _of_a_state(self, wanted: PictureFilter, values: "_Values", order: Order) -> Numbers:
        """A scan of the index that has the order; one that has no names is sifted afterwards."""
        if order is Order.SUSPICION:
            first = self._among(queries.ANY_SUSPECT, wanted, values, order)
            others = self._of_a_state(wanted, values, Order.USUAL)
            return np.concatenate([first, others[~_are_in(others, first)]])
        if not wanted.text or order is Order.NAME:
            return self._listed(wanted, values, order)
        named = self._file.chosen(queries.NAMED.format(condition=_condition(wanted)), values)
        if order is Order.USUAL:  # that of the ids
            return np.sort(named)
        ids = self._listed(replace(wanted, text=""), values, order)
        return ids[_are_in(ids, named)]

    def _listed(self, wanted: PictureFilter, values: "_Values", order: Order) -> Numbers:
        index, by = queries.ORDERS[order]
        query = queries.LISTED.format(index=index, condition=_condition(wanted), by=by)
        return self._file.chosen(query, values)

    def _among(
        self, source: str, wanted: PictureFilter, values: "_Values", order: Order
    ) -> Numbers:
        """A few, looked up one by one."""
        by = "place" if order in {Order.USUAL, Order.SUSPICION} else queries.ORDERS[order][1]
        query = queries.AMONG.format(source=source, condition=_condition(wanted), by=by)
        return self._file.chosen(queries.SUSPECTS + query, values)


_Values = Mapping[str, str]


def _values(wanted: PictureFilter, leaking: Sequence[int]) -> _Values:
    text = wanted.text
    return {
        "label": wanted.label or "",
        "split": wanted.split or "",
        "state": _STATES.get(wanted.problem, ""),
        "kind": str(wanted.problem),
        "leaking": json.dumps([int(each) for each in leaking]),
        "text": f"%{text.translate(_WILD)}%" if text.isascii() else text.casefold(),
    }


def _condition(wanted: PictureFilter) -> str:
    """What a filter asks of a row of `pictures`; SQLite knows the case of ASCII alone."""
    named = r"name LIKE :text ESCAPE '\'" if wanted.text.isascii() else "instr(folded(name), :text)"
    conditions = {
        "state = :state": wanted.problem in _STATES,
        "label = :label": wanted.label is not None,
        "split = :split": wanted.split is not None,
        named: bool(wanted.text),
    }
    return " AND ".join(words for words, is_asked in conditions.items() if is_asked) or "1"


def _are_in(ids: Numbers, some: Numbers) -> npt.NDArray[np.bool_]:
    """Which of the ids are among some others, bool (ids,)."""
    known = np.zeros(max(ids.max(initial=0), some.max(initial=0)) + 1, bool)
    known[some] = True
    return known[ids]
