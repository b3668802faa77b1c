"""Forms, lists, fonts, icons and words: data, found by path from here."""
