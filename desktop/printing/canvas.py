"""A reportlab canvas that writes tagged PDF: PDF/UA-1 and PDF/A-2a.

One rule: what is drawn is inside exactly one marked-content sequence, a structure element's or an
`/Artifact` (rules, frames, the foot of a page), so nothing on a page is ever outside the tree.
It relies on the insides of reportlab 5.1.0: `_code`, `_doc`, `_make_preamble`, `_startPage`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase.pdfdoc import (
    XMP,
    PDFArray,
    PDFCrossReferenceTable,
    PDFDictionary,
    PDFDocument,
    PDFFile,
    PDFIndirectObject,
    PDFName,
    PDFPage,
    PDFStream,
    PDFString,
    PDFTrailer,
)
from reportlab.pdfgen.canvas import Canvas

from desktop.printing.fonts import Face
from desktop.printing.metadata import srgb_profile, xmp
from desktop.printing.scripts import Glyph, Outline
from desktop.printing.structure import Element, Mark, write_structure

rl_config.useA85 = 0  # text armour that no PDF needs; in Python it took a third of the time
_ARTIFACT = "/Artifact BMC"
_END = "EMC"


class _Document(PDFDocument):  # type: ignore[misc]
    """reportlab's document, written as PDF/A asks."""

    def format(self) -> bytes:
        """The bytes of the file.

        reportlab's own leaves out the line end before `endstream` (PDF/A-2, 6.1.7.1). Ours is CR
        and LF, or a stream that ends in CR would seem to be one byte shorter than its /Length.
        """
        catalogue, info = self.Reference(self.Catalog), self.Reference(self.info)
        out = self.__accum__ = PDFFile(self._pdfVersion)
        written: list[str] = []
        while len(written) + 1 in self.numberToId:  # formatting an object may add others
            name = self.numberToId[len(written) + 1]
            body: bytes = PDFIndirectObject(name, self.idToObject[name]).format(self)
            if body.endswith(b"endstream\nendobj\n"):
                body = body.removesuffix(b"endstream\nendobj\n") + b"\r\nendstream\nendobj\n"
            self.idToOffset[name] = out.add(body)
            written.append(name)
        table = PDFCrossReferenceTable()
        table.addsection(0, written)
        start = out.add(table.format(self))
        trailer = PDFTrailer(
            startxref=start, Size=len(written) + 1, Root=catalogue, Info=info, ID=self.ID()
        )
        out.add(trailer.format(self))
        return bytes(out.format(self))


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """Draws A4 pages in memory; `pdf()` ends the document and gives its bytes."""

    def __init__(self, title: str, language: str, made: datetime) -> None:
        self._root = Element("Document")
        self._pages: list[PDFPage] = []
        self._owners: list[list[Element]] = [[]]
        self._title, self._language, self._made = _one_line(title), language, made
        super().__init__(None, pagesize=A4, pageCompression=1, invariant=1, pdfVersion=(1, 7))
        self._doc = self._new_document()
        self._bookmarks = 0
        self._silent = False
        self._paths: dict[int, tuple[Outline, str]] = {}  # by id, which the outline kept here holds
        self.said: list[list[str]] = [[]]  # what a reader hears of each page, line by line
        self.boxes: set[str] = set()  # letters that are seen as boxes: no typeface here has them
        self._code.append(_ARTIFACT)

    def _new_document(self) -> _Document:
        document = _Document(compression=1, invariant=1, pdfVersion=(1, 7), lang=self._language)
        document._timeStamp = _Moment(self._made)
        document.info.title = self._title
        document.info.author = document.info.subject = document.info.creator = ""
        return document

    def _make_preamble(self) -> None:
        # reportlab's sets Helvetica, which is not embedded.
        self._preamble = "1 0 0 1 0 0 cm"

    def _startPage(self) -> None:
        super()._startPage()
        self._code.append(_ARTIFACT)
        self._owners.append([])
        self.said.append([])

    def showPage(self) -> None:
        """End the page."""
        self._code.append(_END)
        kept: list[str] = []
        for operator in self._code:
            if operator == _END and kept and kept[-1] == _ARTIFACT:
                kept.pop()
            else:
                kept.append(operator)
        self._code[:] = kept
        add_page = self._doc.addPage
        self._doc.addPage = self._add_page
        super().showPage()
        self._doc.addPage = add_page

    def _add_page(self, page: PDFPage) -> None:
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = len(self._pages), PDFName("S")
        self._pages.append(page)
        PDFDocument.addPage(self._doc, page)

    def adopt(self, element: Element, parent: Element | None = None) -> None:
        """Make `element` the next child of `parent`, or of the document."""
        if not self._silent:
            (parent or self._root).children.append(element)

    def say(self, words: str) -> None:
        """Note what a reader hears of what is drawn next."""
        if words and not self._silent:
            self.said[-1].append(words)

    @contextmanager
    def untagged(self) -> Iterator[None]:
        """What is drawn inside is no part of the tree: a table's heading that comes again."""
        self._silent = True
        try:
            yield
        finally:
            self._silent = False

    @contextmanager
    def marked(self, element: Element) -> Iterator[None]:
        """What is drawn inside belongs to `element`. Marks do not nest."""
        if self._silent:
            yield
            return
        owners = self._owners[-1]
        self._code += [_END, f"/{element.role} <</MCID {len(owners)}>> BDC"]
        element.children.append(Mark(len(self._pages), len(owners)))
        owners.append(element)
        try:
            yield
        finally:
            self._code += [_END, _ARTIFACT]

    def show(self, x: float, y: float, text: str, face: Face, size: float) -> None:
        """Draw `text`, all of it letters of `face`, on the baseline (x, y) in points."""
        code = self._code
        code.append(f"BT 1 0 0 1 {x:.3f} {y:.3f} Tm")
        for subset, codes in face.splitString(text, self._doc):
            name = face.getSubsetInternalName(subset, self._doc)
            code.append(f"{name} {size:g} Tf <{codes.hex()}> Tj")
        code.append("ET")

    def outlines(self, x: float, y: float, glyphs: Iterable[Glyph]) -> None:
        """Fill outlines of letters that somebody else has laid out, from the baseline (x, y)."""
        for glyph in glyphs:
            known = self._paths.get(id(glyph.outline))
            if known is None:
                known = self._paths[id(glyph.outline)] = (glyph.outline, _path(glyph.outline))
            place = f"{x + glyph.x:.2f} {y + glyph.y:.2f}"
            self._code.append(f"q 1 0 0 1 {place} cm {known[1]} f Q")

    def bookmark(self, text: str, level: int, top: float) -> None:
        """An entry of the outline that leads to `top` on this page. `level` begins at 0."""
        self._bookmarks += 1
        key = f"b{self._bookmarks}"
        self.bookmarkPage(key, fit="XYZ", left=0, top=round(top, 2), zoom=0)
        self.addOutlineEntry(_one_line(text), key, level, closed=False)

    def pdf(self) -> bytes:
        """End the document. Only once."""
        document, catalogue = self._doc, self._doc.Catalog
        write_structure(document, self._root, self._pages, self._owners[: len(self._pages)])
        self.setViewerPreference("DisplayDocTitle", "true")
        packet = xmp(self._title, self._language, self._made)
        catalogue.Metadata = XMP(creator=lambda _document: packet)
        profile = PDFStream(PDFDictionary({"N": 3}), srgb_profile())
        catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "OutputIntents"]
        catalogue.OutputIntents = PDFArray(
            [
                PDFDictionary(
                    {
                        "Type": PDFName("OutputIntent"),
                        "S": PDFName("GTS_PDFA1"),
                        "OutputConditionIdentifier": PDFString("sRGB"),
                        "Info": PDFString("sRGB IEC61966-2.1"),
                        "DestOutputProfile": document.Reference(profile),
                    }
                )
            ]
        )
        data: bytes = document.GetPDFData(self)
        return data


def _path(outline: Outline) -> str:
    return " ".join(
        " ".join([*(f"{value:.2f}" for value in values), operator]) for operator, values in outline
    )


def _one_line(text: str) -> str:
    return " ".join(text.replace("\xad", "").split())  # no soft hyphen in PDFDocEncoding


class _Moment(TimeStamp):  # type: ignore[misc]
    """The time that was handed in; reportlab would read the clock and the environment."""

    def __init__(self, moment: datetime) -> None:
        offset: Any = moment.utcoffset()
        minutes = 0 if offset is None else int(offset.total_seconds() // 60)
        self.t = moment.timestamp()
        self.lt = moment.timetuple()
        self.YMDhms = tuple(self.lt)[:6]
        self.dhh, self.dmm = divmod(minutes, 60)
        self.tzname = moment.tzname()
