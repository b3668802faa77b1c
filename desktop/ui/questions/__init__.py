"""The questions: a file for each type, found by the type's name (see ``finding``).

Every type is a `Field` with the same four methods: ``present(node)`` shows the node as it is now,
``value()`` is the text that the XForm would hold, ``take_focus()`` puts the focus where answering
begins, and the signal ``answered(path, value)`` says that somebody answered.
"""
