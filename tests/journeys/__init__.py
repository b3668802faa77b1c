"""The whole way through the real windows, by key and mouse alone."""
