"""Words that stay words, and the forms of Markdown that a model card has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.report.pages import Page
from tests.training.runs.making import record
from training.report.markup import bullets, escaped, from_markdown, paragraph, table
from training.runs.model_card import model_card


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_whatever_is_said_comes_back_as_text_without_a_tag(words: str) -> None:
    for html, tags in ((paragraph(words), ["p"]), (bullets([words]), ["ul", "li"])):
        assert Page(html).tags == tags
        assert Page(html).text == words


@pytest.mark.parametrize(
    "name", ["<b>.jpg", 'a"b.jpg', "a&amp;b.jpg", "the dog\u2019s.jpg", "it's.jpg"]
)
def test_a_name_can_stand_in_an_attribute(name: str) -> None:
    assert not set("<>\"'") & set(escaped(name))
    assert Page(f"<p>{escaped(name)}</p>").text == name


def test_bytes_of_a_name_that_are_no_text_become_question_marks() -> None:
    assert escaped("caf\udce9.jpg") == "caf?.jpg"


def test_a_table_names_its_columns_and_rows() -> None:
    html = table(("figure", "a<b"), [("accuracy", "1 & 2")])
    assert '<th scope="col">a&lt;b</th>' in html
    assert '<th scope="row">accuracy</th><td>1 &amp; 2</td>' in html


def test_each_form_of_markdown_becomes_its_element() -> None:
    html = from_markdown(
        "# A card\n\nWords\nthat go on, **bold** and `code`.\n\n## Below\n\n- one\n- two\n\n"
        "| a | b |\n| --- | --- |\n| c | **d** |\n"
    )
    assert Page(html).tags == [
        "h2", "p", "strong", "code", "h3", "ul", "li", "li",
        "div", "table", "thead", "tr", "th", "th", "tbody", "tr", "th", "td", "strong",
    ]  # fmt: skip
    assert "<p>Words that go on, <strong>bold</strong> and <code>code</code>.</p>" in html


def test_html_in_markdown_stays_text() -> None:
    html = from_markdown("# <i>\n\n- <script>x</script>\n\n| <u> |\n| --- |\n| <s> |")
    assert not {"i", "script", "u", "s"} & set(Page(html).tags)


def test_a_model_card_leaves_no_sign_of_markdown_behind() -> None:
    figures = {"accuracy": 0.9, "log_loss": 0.3, "pictures": 100}
    page = Page(from_markdown(model_card("run", record(metrics={"validation": figures}))))
    assert {"h2", "h3", "ul", "table", "strong", "code"} <= set(page.tags)
    assert not {"**", "##", "---", "`"} & set(page.text.split())
    assert "**" not in page.text
