"""One number of a map and what made it, as rich text: small tables of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from catdog_gui.language import Language
from catdog_gui.prediction_tab.inside_facts import Term, UnitLook, terms_of
from catdog_gui.prediction_tab.inside_sentences import SENTENCES
from training.inference.unit import Added, Normalised, Pooled, Rectified, Weighted

if TYPE_CHECKING:
    from training.inference.unit import Floats

_MOST_TERMS = 3
_MOST_BESIDE = 3  # columns of a window that has room beside its weights
_MOST_ROWS = 9  # of a window that is shown number by number
_COLOURS = 3
_CELL = '<td align="right">{}</td>'
_KEPT_CELL = '<td align="right"><b><u>{}</u></b></td>'


def unit_words(look: UnitLook, language: Language) -> str:
    """All that is said of a number."""
    return _UnitWriter(look, language).words()


class _UnitWriter:
    """Writes of one number in one language."""

    def __init__(self, look: UnitLook, language: Language) -> None:
        self._look = look
        self._language = language
        self._say = SENTENCES[language]

    def words(self) -> str:
        return f"<p>{self._place()} {self._field()}</p>{self._made()}"

    def _place(self) -> str:
        """Which number it is, with rows, columns and maps counted from 1."""
        place, value = self._look.place, self._number(self._look.unit.value)
        if not self._look.has_places:
            return self._say.number_place.format(number=self._nth(place.channel), value=value)
        return self._say.map_place.format(
            map=self._nth(place.channel),
            row=self._nth(place.row),
            column=self._nth(place.column),
            value=value,
        )

    def _field(self) -> str:
        field = self._look.unit.field
        rows, columns = map(self._language.count, field.size)
        return self._say.field.format(
            rows=rows,
            columns=columns,
            top=self._nth(field.top),
            bottom=self._nth(field.bottom),
            left=self._nth(field.left),
            right=self._nth(field.right),
        )

    def _made(self) -> str:
        match self._look.unit.making:
            case Weighted() as sum_:
                return self._weighted(sum_)
            case Pooled() as pool:
                return self._pooled(pool)
            case Normalised() as normal:
                return self._normalised(normal)
            case Rectified() as rectified:
                return self._rectified(rectified)
            case Added(parts):
                return self._equation(self._say.added, " + ".join(map(self._in_sum, parts)))

    def _weighted(self, made: Weighted) -> str:
        terms = terms_of(made)
        shown, rest = terms[:_MOST_TERMS], terms[_MOST_TERMS:]
        has_colours = self._look.has_places and len(terms) == _COLOURS
        tables = "".join(self._term(term, has_colours=has_colours) for term in shown)
        others = f"<p>{self._others(rest)}</p>" if rest else ""
        return f"<p>{self._sum(made, shown, rest)} {self._say.parts}</p>{tables}{others}"

    def _sum(self, made: Weighted, shown: Sequence[Term], rest: Sequence[Term]) -> str:
        parts = [term.total for term in shown] + ([_total_of(rest)] if rest else [])
        added = " + ".join(map(self._in_sum, (*parts, made.bias)))
        summed = self._say.summed.format(sum=added, total=self._number(made.total))
        return f"{summed}{self._after(made)}."

    def _after(self, made: Weighted) -> str:
        name = self._say.activations.get(made.activation)
        value = self._number(self._look.unit.value)
        return self._say.activated.format(activation=name, value=value) if name else ""

    def _others(self, terms: Sequence[Term]) -> str:
        say, is_one = self._say, len(terms) == 1
        if self._look.has_places:
            sentence = say.other_map if is_one else say.other_maps
        else:
            sentence = say.other_number if is_one else say.other_numbers
        count = self._language.count(len(terms))
        return sentence.format(count=count, total=self._number(_total_of(terms)))

    def _term(self, term: Term, *, has_colours: bool) -> str:
        words = f"<p>{self._term_words(term, has_colours=has_colours)}</p>"
        window, weights = self._table(term.window), self._table(term.weights)
        if term.window.shape[1] > _MOST_BESIDE:
            return f"{words}{window}<p>&times;</p>{weights}"
        cells = f"<td>{window}</td><td>&nbsp;&times;&nbsp;</td><td>{weights}</td>"
        return f'{words}<table><tr valign="middle">{cells}</tr></table>'

    def _term_words(self, term: Term, *, has_colours: bool) -> str:
        total, number = self._number(term.total), self._nth(term.channel)
        if has_colours:
            return self._say.colour_terms[term.channel].format(total=total)
        if self._look.has_places:
            return self._say.map_term.format(map=number, total=total)
        return self._say.number_term.format(number=number, total=total)

    def _pooled(self, made: Pooled) -> str:
        sentence = self._say.mean if made.kept is None else self._say.largest
        words = sentence.format(value=self._number(self._look.unit.value))
        rows, columns = made.window.shape
        if max(rows, columns) > _MOST_ROWS:
            wide = self._say.wide_window.format(rows=rows, columns=columns)
            return f"<p>{wide} {words}</p>"
        return f"<p>{self._say.window}</p>{self._table(made.window, made.kept)}<p>{words}</p>"

    def _normalised(self, made: Normalised) -> str:
        given, mean, shift = map(self._in_sum, (made.given, made.mean, made.shift))
        spread, scale = self._number(made.spread), self._in_sum(made.scale)
        formula = f"({given} &minus; {mean}) / {spread} &times; {scale} + {shift}"
        return self._equation(self._say.normalised, formula)

    def _rectified(self, made: Rectified) -> str:
        sentence = self._say.rectified if made.most is None else self._say.capped
        given, value = map(self._number, (made.given, self._look.unit.value))
        most = "" if made.most is None else f"{made.most:g}"
        return f"<p>{sentence.format(given=given, most=most, value=value)}</p>"

    def _equation(self, words: str, formula: str) -> str:
        value = self._number(self._look.unit.value)
        return f"<p>{words}</p><p>{formula} = <b>{value}</b></p>"

    def _table(self, numbers: Floats, kept: tuple[int, int] | None = None) -> str:
        rows = (
            _row(
                (_KEPT_CELL if (row, column) == kept else _CELL).format(self._number(float(value)))
                for column, value in enumerate(line)
            )
            for row, line in enumerate(numbers)
        )
        return (
            '<table border="1" cellspacing="0" cellpadding="1" '
            f'style="border-collapse: collapse">{"".join(rows)}</table>'
        )

    def _in_sum(self, value: float) -> str:
        return f"({self._number(value)})" if value < 0 else self._number(value)

    def _number(self, value: float) -> str:
        return self._language.decimal(value)

    def _nth(self, place: int) -> str:
        return self._language.count(place + 1)


def _total_of(terms: Sequence[Term]) -> float:
    return sum(term.total for term in terms)


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>"
