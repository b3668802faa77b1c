"""What the records of a family mean: pure functions over records, nothing stored twice."""
