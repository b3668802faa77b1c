"""The pages as a screen reader finds them: over AT-SPI, from another process."""
