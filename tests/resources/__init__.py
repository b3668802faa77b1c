"""The forms, the pack and the demo families as they are shipped."""
