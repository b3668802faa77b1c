"""The XForms engine: expressions, forms, sessions."""
