"""Tests of forms.records."""
