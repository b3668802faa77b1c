"""The EHM API: its messages, the laptop's side of it, and a reference EHM. No Qt."""
