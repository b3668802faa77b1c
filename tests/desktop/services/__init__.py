"""Tests of what the program does, in verbs, with a real vault and the real demo pack."""
