"""XLSForms in: compile, check, compare, build the pack. The only place that knows pyxform."""
