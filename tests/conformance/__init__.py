"""The engine against the cases of the peers: ``python -m tests.conformance PATH``."""
