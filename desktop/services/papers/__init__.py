"""The papers that a family or a professional can be given, each made of one reader's copy."""
