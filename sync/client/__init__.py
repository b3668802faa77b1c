"""The laptop's side: one exchange loop over a store of changes, and the wire under it."""
