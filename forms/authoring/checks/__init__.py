"""The checks of a form, one file a subject. Each takes the spreadsheet and yields mistakes."""
