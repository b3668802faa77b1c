"""Tests of what is on the screen: real windows, offscreen."""
