"""Tests of finding families that are known already."""
