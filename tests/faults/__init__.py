"""A simulator of devices, people and an EHM on bad lines, running the production code of sync."""
