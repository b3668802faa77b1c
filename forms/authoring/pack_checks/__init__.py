"""What can be wrong in the sources of a pack, by subject."""
