"""What each page says, read from the finished pages: for the text beside their pictures."""

import pypdfium2


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """The text of each page, in the order in which it was set."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(_text(document[number]) for number in range(len(document)))
    finally:
        document.close()


def _text(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    try:
        said: str = text.get_text_range()
        return said.replace("\r\n", "\n").replace("￾", "-")
    finally:
        text.close()
        page.close()
