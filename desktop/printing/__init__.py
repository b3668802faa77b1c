"""What a family keeps on paper: tagged pages from plain data. Only this room knows reportlab."""
