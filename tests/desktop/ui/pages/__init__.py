"""Tests of the pages and the window."""
