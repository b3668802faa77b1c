"""The program killed in mid-word: what was said to be saved is there, and little else is gone."""
