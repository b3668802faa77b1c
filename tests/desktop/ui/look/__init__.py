"""The look: contrast, sizes, words."""
