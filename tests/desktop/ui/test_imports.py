"""What the program does not import: each would cost every laptop time and memory."""

from __future__ import annotations

import subprocess
import sys

ONLY_WHEN_ASKED_FOR = ("reportlab", "pypdfium2", "requests", "ssl", "http.server")


def modules_after(code: str) -> set[str]:
    """What is imported in a new process after this."""
    told = (
        "import sys, linecache; print(*sys.modules, sep='\\n'); print(*linecache.cache, sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{told}"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines())


def test_a_visit_without_paper_or_network_imports_neither_and_no_sources_are_kept() -> None:
    found = modules_after("import desktop.app, desktop.unlocked, desktop.ui.script_setting")
    assert "desktop.ui.pages.form" in found
    assert not found & set(ONLY_WHEN_ASKED_FOR)
    assert not [name for name in found if name.endswith(".py")], "sources"


def test_the_parent_has_nothing_of_qt_and_the_unlock_page_nothing_of_the_vault() -> None:
    assert not [m for m in modules_after("import desktop.__main__") if m.startswith("PySide6")]
    found = modules_after("import desktop.app")
    assert "desktop.ui.pages.unlock" in found
    assert not [m for m in found if m.startswith(("desktop.vault", "sync.", "pydantic", "lxml"))]
