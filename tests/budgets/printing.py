"""How fast pages are made: `python -m tests.budgets.printing`.

The same content in the same run by this program, WeasyPrint and typst. The two others are not
needed to use or test the program; `pip install weasyprint typst` brings them for this comparison.
Exits with 1 if a budget is missed: the plan at least 2 times as fast as WeasyPrint, an assessment
of 70 pages at least 4 times, the first page of a preview within 400 ms.
"""

import argparse
import html
import importlib.util
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module

from desktop.printing.document import print_story
from desktop.printing.plan import plan_story
from desktop.printing.render import Pages, page_count
from desktop.printing.setting import PrintSize
from desktop.printing.story import (
    Block,
    Bullets,
    Facts,
    Framed,
    Heading,
    NewPage,
    Run,
    Signatures,
    Story,
    Table,
    Text,
    TickBox,
    Together,
    Words,
    plain,
    runs,
)
from tests.desktop.printing.families import FOOT, PLAN

PLAN_TIMES, ASSESSMENT_TIMES, PREVIEW_MS = 2.0, 4.0, 400.0
_FONTS = "Noto Sans"
_SENTENCE = (
    "Mum says that mornings are hard, because Ben wakes at five and Ada cannot find her shoes; "
    "Grandma Rose comes on Tuesdays, and then everybody has breakfast together. "
)


def assessment() -> Story:
    """About 70 pages: headings, questions with answers, lists and tables."""
    blocks: list[Block] = [Heading("Your Family", 1)]
    for section in range(1, 33):
        blocks.append(Heading(f"Part {section}: what we talked about", 2))
        for question in range(8):
            label = Run(f"What did we say about this, question {question + 1}?\n", bold=True)
            blocks.append(Text((label, Run(_SENTENCE * 2))))
        blocks.append(Bullets(tuple(_SENTENCE for _ in range(4))))
        table = next(block for block in plan_story(PLAN).blocks if isinstance(block, Table))
        blocks += [Heading("Who will do what", 3), table]
    return Story("Your Family", tuple(blocks))


# --- the same content for the others ---------------------------------------------------------


def as_html(story: Story) -> str:
    """The story as a page of HTML, in the same size and face."""
    style = (
        f"@page{{size:A4;margin:19mm}} body{{font:14pt '{_FONTS}';line-height:1.42}}"
        "table{border-collapse:collapse;width:100%} td,th{border-bottom:.6pt solid;"
        "vertical-align:top;text-align:left;padding:4pt} tr{break-inside:avoid}"
        ".framed{border:1.6pt solid;padding:11pt;break-inside:avoid}"
    )
    body = "".join(_html(story.blocks))
    head = f"<meta charset=utf-8><title>{html.escape(story.title)}</title><style>{style}</style>"
    return f"<html lang='{story.language}'><head>{head}</head><body>{body}</body></html>"


def _html_words(words: Words) -> str:
    said = (
        (f"<b>{html.escape(run.text)}</b>" if run.bold else html.escape(run.text))
        for run in runs(words)
    )
    return "".join(said).replace("\n", "<br>")


def _html(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield f"<h{block.level}>{html.escape(plain(block.words))}</h{block.level}>"
            case Text():
                yield f"<p>{_html_words(block.words)}</p>"
            case Bullets():
                items = "".join(f"<li>{_html_words(item)}</li>" for item in block.items)
                yield f"<ol>{items}</ol>" if block.numbered else f"<ul>{items}</ul>"
            case Facts():
                yield "".join(f"<p><b>{plain(n)}:</b> {_html_words(w)}</p>" for n, w in block.rows)
            case Table():
                yield _html_table(block)
            case Signatures():
                yield "".join(f"<p>{_html_words(e.caption)}</p>" for e in block.entries)
            case Framed() | Together():
                yield f"<div class=framed>{''.join(_html(block.blocks))}</div>"
            case NewPage():
                yield "<div style='break-before:page'></div>"


def _html_table(table: Table) -> str:
    head = "".join(
        f"<th scope=col>{html.escape(plain(column.heading))}</th>" for column in table.columns
    )
    rows = "".join(
        "<tr>"
        + "".join(f"<td>{'☐' if isinstance(c, TickBox) else _html_words(c)}</td>" for c in row)
        + "</tr>"
        for row in table.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def as_typst(story: Story) -> str:
    """The story as typst markup, in the same size and face."""
    top = (
        f'#set document(title: {_quoted(story.title)})\n#set text(font: "{_FONTS}", size: 14pt)\n'
        '#set page(paper: "a4", margin: 19mm)\n#set par(leading: 0.75em)\n'
    )
    return top + "\n\n".join(_typst(story.blocks))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _typst_words(words: Words) -> str:
    return "".join(
        f"#strong({_quoted(run.text)})" if run.bold else f"#text({_quoted(run.text)})"
        for run in runs(words)
    )


def _typst(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield f"#heading(level: {block.level}, {_quoted(plain(block.words))})"
            case Text():
                yield _typst_words(block.words)
            case Bullets():
                kind = "enum" if block.numbered else "list"
                yield f"#{kind}({', '.join(f'[{_typst_words(i)}]' for i in block.items)})"
            case Facts():
                yield "\n\n".join(f"*{plain(name)}:* {_typst_words(w)}" for name, w in block.rows)
            case Table():
                yield _typst_table(block)
            case Signatures():
                yield "\n\n".join(_typst_words(entry.caption) for entry in block.entries)
            case Framed() | Together():
                yield (
                    "#block(stroke: 1.6pt, inset: 11pt)[" + "\n\n".join(_typst(block.blocks)) + "]"
                )
            case NewPage():
                yield "#pagebreak()"


def _typst_table(table: Table) -> str:
    head = ", ".join(f"[{_typst_words(column.heading)}]" for column in table.columns)
    cells = ", ".join(
        f"[{'☐' if isinstance(cell, TickBox) else _typst_words(cell)}]"
        for row in table.rows
        for cell in row
    )
    columns = ", ".join(f"{column.share:g}fr" for column in table.columns)
    return f"#table(columns: ({columns}), table.header({head}), {cells})"


# --- measuring -------------------------------------------------------------------------------


def ours(story: Story) -> bytes:
    """Tagged, PDF/UA-1 and PDF/A-2a."""
    return print_story(story, PrintSize.STANDARD, FOOT).pdf


def weasyprint(story: Story) -> bytes:
    """Tagged, `pdf/ua-1`."""
    made: bytes = (
        import_module("weasyprint").HTML(string=as_html(story)).write_pdf(pdf_variant="pdf/ua-1")
    )
    return made


def typst(story: Story) -> bytes:
    """Tagged, `ua-1`."""
    made: bytes = import_module("typst").compile(as_typst(story).encode(), pdf_standards="ua-1")
    return made


def warm(make: Callable[[Story], bytes], story: Story, times: int) -> tuple[float, int]:
    """Median of `times` runs in milliseconds after one that does not count, and the pages."""
    pdf = make(story)
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        make(story)
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took), page_count(pdf)


_FIRST_PAGE = """
import time
begun = time.perf_counter()
from desktop.printing.plan import plan_story
from tests.budgets.printing import first_page
from tests.desktop.printing.families import PLAN
imported = time.perf_counter()
story = plan_story(PLAN)
asked = time.perf_counter()
first_page(story)
first = time.perf_counter()
first_page(story)
print((imported - begun) * 1000, (first - asked) * 1000, (time.perf_counter() - first) * 1000)
"""


def first_page(story: Story) -> None:
    """From the content to a picture of the first page, 900 dots wide."""
    with Pages(ours(story)) as pages:
        pages.at_width(0, 900)


def preview() -> tuple[float, float, float]:
    """Milliseconds in a new process: imports, the first page asked for, and the next one."""
    run = subprocess.run(
        [sys.executable, "-c", _FIRST_PAGE], capture_output=True, text=True, check=True
    )
    imports, first, again = map(float, run.stdout.split())
    return imports, first, again


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> int:
    """Measure, print a table, say which budgets are missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--times", type=int, default=5)
    times = arguments.parse_args().times
    missed = []
    for name, story, budget in (
        ("plan", plan_story(PLAN), PLAN_TIMES),
        ("assessment", assessment(), ASSESSMENT_TIMES),
    ):
        mine, pages = warm(ours, story, times)
        _say(f"{name:11} ours       {mine:8.0f} ms  {pages:3} pages")
        for engine in (weasyprint, typst):
            if importlib.util.find_spec(engine.__name__) is None:
                _say(f"{name:11} {engine.__name__:10} not installed")
                continue
            theirs, pages = warm(engine, story, times)
            ratio = theirs / mine
            _say(f"{name:11} {engine.__name__:10} {theirs:8.0f} ms  {pages:3} pages  {ratio:.2f} x")
            if engine is weasyprint and ratio < budget:
                missed.append(f"{name}: {ratio:.1f} times as fast as WeasyPrint, not {budget}")
    imports, first, again = preview()
    _say(f"preview     imports {imports:.0f} ms, first page {first:.0f} ms, again {again:.0f} ms")
    if first > PREVIEW_MS:
        missed.append(f"first page of a preview after {first:.0f} ms, not {PREVIEW_MS:.0f}")
    for line in missed:
        _say(f"MISSED {line}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
