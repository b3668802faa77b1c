"""The structure tree of a tagged PDF (ISO 32000-1, 14.7): what a screen reader follows."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFPage,
    PDFString,
)


@dataclass(frozen=True)
class Mark:
    """One marked-content sequence: page index and MCID."""

    page: int
    number: int


@dataclass(eq=False)
class Element:
    """One structure element. `role` is a standard type: H1, P, Table, TD, Figure, Span ..."""

    role: str
    alt: str = ""
    actual: str = ""
    language: str = ""
    attributes: dict[str, object] = field(default_factory=dict)
    children: list["Element | Mark"] = field(default_factory=list)

    def marks(self) -> Iterator[Mark]:
        """Every mark in and under this element, in order."""
        for child in self.children:
            if isinstance(child, Mark):
                yield child
            else:
                yield from child.marks()


def _text_string(words: str) -> PDFString:
    """UTF-16 always: reportlab's PDFDocEncoding writes what that encoding leaves undefined."""
    return PDFString(codecs.BOM_UTF16_BE + words.encode("utf-16-be"), enc="raw")


def write_structure(
    document: PDFDocument, root: Element, pages: list[PDFPage], owners: list[list[Element]]
) -> None:
    """Put the tree under `root` and its parent tree into `document`.

    `owners[page][mcid]` is the element that a mark belongs to; pages carry their index as
    `StructParents`.
    """
    tree = PDFDictionary({"Type": PDFName("StructTreeRoot")})
    tree_reference = document.Reference(tree)
    references = {}
    page_references = [document.Reference(page) for page in pages]

    def write(element: Element, parent: object) -> object:
        entry = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(element.role)})
        reference = references[id(element)] = document.Reference(entry)
        entry["P"] = parent
        first = next(element.marks(), None)
        if first is not None:
            entry["Pg"] = page_references[first.page]
        for key, words in (
            ("Alt", element.alt),
            ("ActualText", element.actual),
            ("Lang", element.language),
        ):
            if words:
                entry[key] = _text_string(words)
        if element.attributes:
            entry["A"] = PDFDictionary(element.attributes)
        if element.children:
            entry["K"] = PDFArray(
                [
                    write(child, reference)
                    if isinstance(child, Element)
                    else child.number
                    if first is not None and child.page == first.page
                    else PDFDictionary(
                        {
                            "Type": PDFName("MCR"),
                            "Pg": page_references[child.page],
                            "MCID": child.number,
                        }
                    )
                    for child in element.children
                ]
            )
        return reference

    tree["K"] = write(root, tree_reference)
    numbers: list[object] = []
    for index, marked in enumerate(owners):
        parents = PDFArray([references[id(element)] for element in marked])
        numbers += [index, document.Reference(parents)]
    tree["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
    tree["ParentTreeNextKey"] = len(pages)
    document.Catalog.StructTreeRoot = tree
    document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
