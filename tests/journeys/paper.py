"""Reads a printed plan back: its words, and whether a screen reader can follow it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2


def words_on(file: Path) -> str:
    """All words of a PDF, with single spaces between them."""
    document = pypdfium2.PdfDocument(file.read_bytes())
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


def is_tagged(file: Path) -> bool:
    """Whether a PDF says that it is tagged, and has a tree of its structure."""
    content = file.read_bytes()
    return content.startswith(b"%PDF-") and b"/StructTreeRoot" in content and b"/Marked" in content
