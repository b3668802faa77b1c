"""The vault: nothing lost, nothing shown to whom it is not for."""
