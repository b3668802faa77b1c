"""The look: spacing, type, colours, icons and the small widgets that every page is made of."""
