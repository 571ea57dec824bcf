"""One number of a map and what made it, as rich text: small tables of numbers."""

from collections.abc import Iterable, Sequence

from catdog_gui.prediction_tab.inside_facts import Term, UnitLook, terms_of
from training.inference.unit import Floats, Unit

_MOST_TERMS = 3
_PARTS = "Each part is what it looks at, times the weights."
_MOST_BESIDE = 3  # columns of a window that has room beside its weights
_COLOURS = ("red", "green", "blue")
_ACTIVATIONS = {"relu": "ReLU", "sigmoid": "the sigmoid"}
_CELL = '<td align="right">{}</td>'
_KEPT_CELL = '<td align="right"><b><u>{}</u></b></td>'


def number_words(value: float) -> str:
    """A number as it stands in the tables and sums."""
    return f"{value:.3f}"


def place_words(look: UnitLook) -> str:
    """Which number it is and what it sees, with rows, columns and maps counted from 1."""
    place, field = look.place, look.unit.field
    rows, columns = field.bottom - field.top + 1, field.right - field.left + 1
    return (
        f"Map {place.channel + 1:,}, row {place.row + 1:,}, column {place.column + 1:,}: "
        f"<b>{number_words(look.unit.value)}</b>. It sees {rows:,} x {columns:,} pixels: "
        f"rows {field.top + 1:,} to {field.bottom + 1:,}, "
        f"columns {field.left + 1:,} to {field.right + 1:,}."
    )


def unit_words(look: UnitLook) -> str:
    """All that is said of a number."""
    made = _pooled(look.unit) if look.unit.weights is None else _convolved(look.unit)
    return f"<p>{place_words(look)}</p>{made}"


def _convolved(unit: Unit) -> str:
    terms = terms_of(unit)
    shown, rest = terms[:_MOST_TERMS], terms[_MOST_TERMS:]
    is_colour = len(terms) == len(_COLOURS)
    tables = (_term(term, _COLOURS[term.channel] if is_colour else "") for term in shown)
    others = f"<p>{_others(rest)}</p>" if rest else ""
    return f"<p>{_sum(unit, shown, rest)} {_PARTS}</p>{''.join(tables)}{others}"


def _sum(unit: Unit, shown: Sequence[Term], rest: Sequence[Term]) -> str:
    parts = [term.total for term in shown] + ([_total_of(rest)] if rest else [])
    added = " + ".join(_in_sum(each) for each in (*parts, unit.bias))
    return f"{added} (the bias) = <b>{number_words(unit.total)}</b>{_after(unit)}."


def _others(terms: Sequence[Term]) -> str:
    total = number_words(_total_of(terms))
    if len(terms) == 1:
        return f"The other map before adds {total}."
    return f"The other {len(terms):,} maps before add {total}."


def _total_of(terms: Sequence[Term]) -> float:
    return sum(term.total for term in terms)


def _after(unit: Unit) -> str:
    name = _ACTIVATIONS.get(unit.activation)
    return f", after {name} <b>{number_words(unit.value)}</b>" if name else ""


def _in_sum(value: float) -> str:
    return f"({number_words(value)})" if value < 0 else number_words(value)


def _term(term: Term, colour: str) -> str:
    name = colour.capitalize() or f"Map {term.channel + 1:,} before"
    words = f"<p>{name} adds {number_words(term.total)}:</p>"
    window, weights = _table(term.window), _table(term.weights)
    if term.window.shape[1] > _MOST_BESIDE:
        return f"{words}{window}<p>&times;</p>{weights}"
    cells = f"<td>{window}</td><td>&nbsp;&times;&nbsp;</td><td>{weights}</td>"
    return f'{words}<table><tr valign="middle">{cells}</tr></table>'


def _pooled(unit: Unit) -> str:
    table = _table(unit.window[..., 0], unit.kept)
    if unit.kept is None:
        words = f"It gives their mean, {number_words(unit.value)}."
    else:
        words = f"It keeps the largest, {number_words(unit.value)}, and drops the rest."
    return f"<p>What it sees:</p>{table}<p>{words}</p>"


def _table(numbers: Floats, kept: tuple[int, int] | None = None) -> str:
    rows = (
        _row(
            (_KEPT_CELL if (row, column) == kept else _CELL).format(number_words(float(value)))
            for column, value in enumerate(line)
        )
        for row, line in enumerate(numbers)
    )
    return (
        '<table border="1" cellspacing="0" cellpadding="2" '
        f'style="border-collapse: collapse">{"".join(rows)}</table>'
    )


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>"
