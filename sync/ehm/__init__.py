"""A reference EHM: the central system of one council, small enough to read."""
