"""Tests of what is printed: read back, checked by others, and looked at."""
