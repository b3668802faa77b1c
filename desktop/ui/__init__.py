"""The room of Qt: windows, pages, questions, and what the machine tells them.

PySide reads the source of every module that is imported after it, for a mention of PySide, because
such a module might ask for its ``__feature__`` names. Ours do not. Read all the same, the sources
stay in memory (14 MB) and each import takes half as long again; a bundle that has no sources is
spared both, and so is this one, from here on; what was read before is let go.
"""

from __future__ import annotations

import linecache
import sys

import PySide6.QtCore  # noqa: F401  it brings the module below with it

_features = sys.modules.get("shibokensupport.feature")
if _features is not None:
    _features._mod_uses_pyside = lambda _: False  # type: ignore[attr-defined]
    linecache.clearcache()
