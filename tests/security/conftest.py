"""The vault's fixtures serve the controls too."""

from tests.desktop.vault.conftest import folder, key, made_once, vault

__all__ = ["folder", "key", "made_once", "vault"]
