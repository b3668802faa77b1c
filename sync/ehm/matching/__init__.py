"""Finding a family that is known already: likeness, possible matches, merging and linking."""
