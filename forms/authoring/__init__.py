"""XLSForms in: compile, check, compare, and put together the pack. The only place that knows pyxform."""
