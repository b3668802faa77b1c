"""A story on paper: pages with their foot, as the bytes of a tagged PDF. In memory only."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from desktop.printing.blocks import Stack, Tag
from desktop.printing.canvas import TaggedCanvas
from desktop.printing.fonts import bundled_faces
from desktop.printing.paragraph import Look, Paragraph
from desktop.printing.scripts import ScriptSetter
from desktop.printing.setting import (
    ACCENT,
    PrintSize,
    Setting,
    is_right_to_left_language,
)
from desktop.printing.story import Block, Quote, Run, Story, Text, plain, runs
from desktop.printing.text import all_printable
from desktop.printing.typesetting import typeset

_WIDTH, _HEIGHT = A4
_ABOUT_LINES, _FOOT_LINES = 2, 4  # a name may be long, but a page is for what is on it
_BLOCKS_OF_A_PAGE, _LETTERS_OF_A_PAGE = 80, 8_000  # more than the smallest letters fill
_SIDE_MARGIN, _HEAD_MARGIN = 16 * mm, 12 * mm
_FOOT_MARGIN = 11 * mm  # home printers leave up to 10 mm bare


@dataclass(frozen=True)
class FootWords:
    """The fixed words of a page's head and foot. `{number}`, `{version}`, `{page}`, `{pages}`."""

    language: str = "en-GB"
    blank: str = "A blank form"
    copy: str = "Copy {number}"
    version: str = "version {version}"
    page: str = "page {page} of {pages}"
    draft: str = "DRAFT. This is not finished. It may still change."


@dataclass(frozen=True)
class Foot:
    """What every page says of itself.

    `about` is one short line: whose paper this is, as they chose to be named. `version` is the
    short hash of the content, `made` when the document was made (aware), `words` the fixed words
    in each language of the paper. `is_blank`: a form with nothing in it.
    """

    about: str
    copy_number: str
    version: str
    made: datetime
    words: tuple[FootWords, ...] = (FootWords(),)
    is_blank: bool = False

    def line(self, words: FootWords, page: int, pages: str) -> tuple[Run, ...]:
        """The line at the foot of a page in one of its languages; each part of it stays whole.

        Number and version are said once: in large print each line of the foot is one less to read.
        """
        parts = [words.blank] if self.is_blank else []
        if self.copy_number and words is self.words[0]:
            parts.append(words.copy.format(number=self.copy_number))
        if self.version and words is self.words[0]:
            parts.append(words.version.format(version=self.version))
        parts.append(words.page.format(page=page, pages=pages))
        return (
            *(Run(f"{part} · ", together=True) for part in parts[:-1]),
            Run(parts[-1], together=True),
        )


class Stopped(Exception):
    """The one who waits for the pages does not want them any more."""

    title = "The pages were not made"
    message = "You stopped this. Nothing was printed and nothing is lost."


@dataclass(frozen=True)
class Watch:
    """Who waits for pages: `moved` hears how many are laid out, `stopped` may end it."""

    moved: Callable[[int], None] = lambda _: None
    stopped: Callable[[], bool] = lambda: False

    def page(self, number: int) -> None:
        """Page `number` is laid out. Error: Stopped."""
        if self.stopped():
            raise Stopped
        self.moved(number)


@dataclass(frozen=True)
class Printed:
    """A finished document: its bytes, and what a screen reader says of each page.

    `boxes`: the letters that a reader sees a box for, because this device has no typeface for them.
    """

    pdf: bytes
    texts: tuple[str, ...]
    boxes: str = ""


def print_story(
    story: Story,
    size: PrintSize,
    foot: Foot,
    *,
    draft: bool = False,
    setter: ScriptSetter | None = None,
    watch: Watch | None = None,
) -> Printed:
    """`story` as a tagged PDF (PDF/UA-1, PDF/A-2a) on A4, in memory.

    `draft` marks every page in words. Without a `setter`, letters of scripts that the bundled
    typeface lacks are shown by a stand-in; what they mean stays in the document. Error: Stopped.
    """
    return _pages(story, size, foot, draft=draft, setter=setter).printed(watch or Watch())


def first_page(
    story: Story,
    size: PrintSize,
    foot: Foot,
    *,
    draft: bool = False,
    setter: ScriptSetter | None = None,
) -> Printed:
    """Only the first page, to be looked at while the others are being made; of how many is open."""
    beginning = replace(story, blocks=tuple(map(_beginning, story.blocks[:_BLOCKS_OF_A_PAGE])))
    return _pages(beginning, size, foot, draft=draft, setter=setter).first()


def _beginning(block: Block) -> Block:
    """As much of a long text as a page can hold."""
    if not isinstance(block, Text | Quote):
        return block
    kept, room = [], _LETTERS_OF_A_PAGE
    for run in runs(block.words):
        kept.append(replace(run, text=run.text[: max(room, 0)]))
        room -= len(run.text)
    return replace(block, words=tuple(kept))


def _pages(
    story: Story, size: PrintSize, foot: Foot, *, draft: bool, setter: ScriptSetter | None
) -> "_Pages":
    setting = Setting(size, bundled_faces(), setter, is_right_to_left_language(story.language))
    return _Pages(all_printable(story), setting, all_printable(foot), draft)


class _Pages:
    def __init__(self, story: Story, setting: Setting, foot: Foot, draft: bool) -> None:
        self._story, self._setting, self._foot = story, setting, foot
        self._draft = draft
        self._width = _WIDTH - 2 * _SIDE_MARGIN
        look = setting.look()
        self._small = Look(
            look.faces,
            look.size,
            look.size * 1.3,
            colour=look.colour,
            setter=setting.setter,
            right_to_left=setting.right_to_left,
        )

    def printed(self, watch: Watch) -> Printed:
        """All pages."""
        pages = []
        for number, page in enumerate(self._cut(), 1):
            watch.page(number)
            pages.append(page)
        return self._drawn(pages, str(len(pages)), watch)

    def first(self) -> Printed:
        """The first page, without saying of how many."""
        return self._drawn([next(self._cut())], "…", Watch())

    def _drawn(self, pages: list[Stack], of: str, watch: Watch) -> Printed:
        canvas = TaggedCanvas(self._story.title, self._story.language, self._foot.made)
        for number, page in enumerate(pages, 1):
            watch.page(number)
            self._draw_head(canvas, number)
            page.draw(canvas, _SIDE_MARGIN, self._top(), self._width)
            with canvas.untagged():
                self._draw_foot(canvas, number, of)
            for words in self._foot.words:
                canvas.say(plain(self._foot.line(words, number, of)))
            canvas.showPage()
        texts = tuple("\n".join(said) for said in canvas.said[: len(pages)])
        return Printed(canvas.pdf(), texts, "".join(sorted(canvas.boxes)))

    def _top(self) -> float:
        return float(_HEIGHT - _HEAD_MARGIN - self._head_height())

    def _cut(self) -> Iterator[Stack]:
        """The content of page after page; at least one, even if there is nothing on it."""
        room = self._top() - _FOOT_MARGIN - self._foot_height()
        rest: Stack | None = typeset(self._story, self._setting)
        none_yet = True
        while rest is not None and rest.blocks:
            page, rest = rest.split(self._width, room, fresh=True)
            if page is not None:
                none_yet = False
                yield page
        if none_yet:
            yield Stack(())

    def _line(self, *text: Run) -> Paragraph:
        return Paragraph(text, self._small, Tag("P"))

    def _said(self, words: FootWords, *text: Run) -> Paragraph:
        """A line of fixed words, as their language is written."""
        look = replace(self._small, right_to_left=is_right_to_left_language(words.language))
        own = "" if words.language == self._story.language else words.language
        return Paragraph(tuple(replace(run, language=own) for run in text), look, Tag("P"))

    def _head(self) -> Stack | None:
        if not self._draft:
            return None
        marks = [self._said(words, Run(words.draft, bold=True)) for words in self._foot.words]
        return Stack(marks)

    def _head_height(self) -> float:
        head = self._head()
        return 0.0 if head is None else head.height(self._width) + 20

    def _draw_head(self, canvas: TaggedCanvas, page: int) -> None:
        head = self._head()
        if head is None:
            return
        top = _HEIGHT - _HEAD_MARGIN
        with nullcontext() if page == 1 else canvas.untagged():  # a reader hears it once
            head.draw(canvas, _SIDE_MARGIN, top, self._width)
        self._rule(canvas, top - head.height(self._width) - 4)

    def _foot_lines(self, page: int, pages: str) -> Stack:
        about = replace(self._line(Run(self._foot.about)), stop=_ABOUT_LINES)
        told = (
            self._said(words, *self._foot.line(words, page, pages)) for words in self._foot.words
        )
        return Stack([about, *(replace(line, stop=_FOOT_LINES) for line in told)])

    def _foot_height(self) -> float:
        return self._foot_lines(888, "888").height(self._width) + 14

    def _draw_foot(self, canvas: TaggedCanvas, page: int, pages: str) -> None:
        lines = self._foot_lines(page, pages)
        top = _FOOT_MARGIN + lines.height(self._width)
        self._rule(canvas, top + 4)
        lines.draw(canvas, _SIDE_MARGIN, top, self._width)

    def _rule(self, canvas: TaggedCanvas, y: float) -> None:
        canvas.saveState()
        canvas.setStrokeColorRGB(*ACCENT)
        canvas.setLineWidth(0.8)
        canvas.line(_SIDE_MARGIN, y, _SIDE_MARGIN + self._width, y)
        canvas.restoreState()
