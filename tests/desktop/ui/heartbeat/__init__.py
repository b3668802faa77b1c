"""How long the window does not answer: a heartbeat on its thread, and a day's work under it."""
