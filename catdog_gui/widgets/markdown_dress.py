"""How a page of Markdown looks, whatever shows it: air, lines of tables, colours of the palette."""

from collections.abc import Iterable, Iterator
from typing import cast

from PySide6.QtGui import (
    QBrush,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
)

_PAGE_EDGE_PX = 20
_CELL_EDGE_PX = 6
_AROUND_TABLES_PX = 4
_INDENT_PX = 18
_ABOVE_HEADINGS_PX, _BELOW_HEADINGS_PX = 16, 6
_LINE_PERCENT = 116.0
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


def dress(document: QTextDocument, palette: QPalette) -> None:
    """Give a document that was read from Markdown its looks; again when the palette changes."""
    document.setDocumentMargin(_PAGE_EDGE_PX)
    document.setIndentWidth(_INDENT_PX)
    for block in _blocks_of(document):
        QTextCursor(block).mergeBlockFormat(_form_of(block.blockFormat(), palette))
        _tint_links(block, palette.link())
    _draw_lines(document, palette.mid())


def _blocks_of(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _form_of(block: QTextBlockFormat, palette: QPalette) -> QTextBlockFormat:
    """What is added to a heading, to lines of code, and to the rest."""
    form = QTextBlockFormat()
    if block.headingLevel() > 0:
        form.setTopMargin(_ABOVE_HEADINGS_PX if block.headingLevel() > 1 else 0)
        form.setBottomMargin(_BELOW_HEADINGS_PX)
    elif block.hasProperty(QTextFormat.Property.BlockCodeLanguage):
        form.setBackground(palette.alternateBase())
    else:
        form.setLineHeight(_LINE_PERCENT, _PROPORTIONAL)
    return form


def _tint_links(block: QTextBlock, brush: QBrush) -> None:
    """Qt gives them the colour that the palette has when they are read."""
    places = cast("Iterable[QTextBlock.iterator]", block)  # as PySide's types do not say
    spans = [place.fragment() for place in places]
    for span in spans:
        if span.charFormat().isAnchor():
            cursor = QTextCursor(block)
            cursor.setPosition(span.position())
            cursor.setPosition(span.position() + span.length(), QTextCursor.MoveMode.KeepAnchor)
            tint = QTextCharFormat()
            tint.setForeground(brush)
            cursor.mergeCharFormat(tint)


def _draw_lines(document: QTextDocument, brush: QBrush) -> None:
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            form = frame.format().toTableFormat()
            form.setCellPadding(_CELL_EDGE_PX)
            form.setCellSpacing(0)
            form.setTopMargin(_AROUND_TABLES_PX)
            form.setBottomMargin(_AROUND_TABLES_PX)
            form.setBorder(1)
            form.setBorderCollapse(True)
            form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            form.setBorderBrush(brush)
            frame.setFormat(form)
