"""How fast, against what: each a program that prints its figures and fails over budget."""
