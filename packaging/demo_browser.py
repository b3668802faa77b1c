"""A person of the demo council at a browser, for who cannot click: chooses who they are.

The program's own sign-in is used as it is (PKCE, state, loopback); only the browser is not there.
`python packaging/demo_browser.py NAME ADDRESS` is for the variable BROWSER.
"""

from __future__ import annotations

import shlex
import sys
import threading
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import OpenerDirector, ProxyHandler, build_opener

WITHIN = 20.0  # seconds


class Links(HTMLParser):
    """Where each link of a page leads, by its words."""

    def __init__(self) -> None:
        super().__init__()
        self.lead_to: dict[str, str] = {}
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Where a link begins."""
        if tag == "a":
            self._open = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        """Where it ends."""
        if tag == "a":
            self._open = ""

    def handle_data(self, data: str) -> None:
        """Its words."""
        if self._open:
            self.lead_to[data.strip()] = self._open


def sign_in(name: str, address: str) -> None:
    """Open the page, follow the link of this name, and go back to the program as it says."""
    browser = build_opener(ProxyHandler({}))
    links = Links()
    links.feed(_read(browser, address))
    _read(browser, urljoin(address, links.lead_to[name]))


def _read(browser: OpenerDirector, address: str) -> str:
    with browser.open(address, timeout=WITHIN) as page:
        words: bytes = page.read()
    return words.decode()


def browser_of(name: str) -> Callable[[str], object]:
    """What opens the browser of this person, and does not wait for them."""

    def open_browser(address: str) -> None:
        threading.Thread(target=sign_in, args=(name, address), daemon=True).start()

    return open_browser


def as_setting(name: str) -> str:
    """The variable BROWSER, by which a program opens the browser of this person."""
    command = [sys.executable, str(Path(__file__).resolve()), name]
    return f"{shlex.join(command)} %s &"


if __name__ == "__main__":
    sign_in(*sys.argv[1:])
