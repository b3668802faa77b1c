"""The vault's fixtures serve the controls too."""

import os

from tests.desktop.vault.conftest import folder, key, made_once, vault

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

__all__ = ["folder", "key", "made_once", "vault"]
