"""Tests mirror the house; journeys, faults, conformance and budgets stand beside."""
