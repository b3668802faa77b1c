"""Records: what was written, by whom, on top of what. Pure, and the one truth of merging."""
