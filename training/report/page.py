"""The page of a report: one HTML file without a script, a font or an address."""

from training.plots.inline import colour_variables
from training.plots.style import DARK, LIGHT
from training.report.drawings import drawings
from training.report.facts import ReportFacts
from training.report.markup import element, escaped, from_markdown, paragraph
from training.report.sections import (
    class_section,
    figures_section,
    mistakes_section,
    rival_section,
    threshold_section,
)
from training.version import version_words

# A browser that honours this loads nothing and runs nothing, whatever a name in the page may say
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"

_RULES = """
* { box-sizing: border-box; }
body { margin: 0; background: var(--background); color: var(--foreground);
  font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
p, ul { margin: .5rem 0; max-width: 46rem; }
.headline { font-size: 1.15rem; }
.caution { border-left: .25rem solid var(--wrong); padding-left: .75rem; }
.quiet, figcaption { color: var(--quiet); font-size: .9rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: .75rem 0; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem 1.5rem .3rem 0; text-align: left; border-bottom: 1px solid var(--grid); }
thead th { color: var(--quiet); font-weight: 600; font-size: .9rem; }
tbody th { font-weight: 400; }
code { font-size: .9em; overflow-wrap: anywhere; }
figure { margin: 0; }
.plots { display: grid; gap: 1.5rem; margin-top: 1rem;
  grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); }
.plots svg { display: block; width: 100%; height: auto; stroke-linejoin: round; }
.pictures { display: grid; gap: 1rem; margin: 1rem 0;
  grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); }
.pictures img { display: block; height: 10rem; width: 100%; object-fit: contain;
  background: var(--grid); }
figcaption { overflow-wrap: anywhere; margin-top: .25rem; }
details { margin: .5rem 0; }
summary { cursor: pointer; }
@media print { main { max-width: none; padding: 0; } figure, tr { break-inside: avoid; } }
"""


def page(facts: ReportFacts) -> str:
    """The whole page.

    Args:
        facts: What it says; every name in them is shown as the text that it is.
    """
    title = f"How good the run “{facts.run}” is"
    head = (
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escaped(_POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n"
        f"<style>{_style_sheet()}</style>"
    )
    body = "\n".join(part for part in _parts(facts, title) if part)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}\n</head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _parts(facts: ReportFacts, title: str) -> tuple[str, ...]:
    return (
        element("h1", escaped(title)),
        figures_section(facts),
        drawings(facts),
        class_section(facts),
        threshold_section(facts),
        rival_section(facts),
        mistakes_section(facts),
        from_markdown(facts.card),
        paragraph(f"Written on {facts.written} by {version_words()}.", css_class="quiet"),
    )


def _style_sheet() -> str:
    light, dark = (
        " ".join(f"{name}: {value};" for name, value in colour_variables(style).items())
        for style in (LIGHT, DARK)
    )
    return (
        f"\n:root {{ color-scheme: light dark; {light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}{_RULES}"
    )
