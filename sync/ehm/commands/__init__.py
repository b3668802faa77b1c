"""The commands of ``your-family-ehm``, a subject a file."""
