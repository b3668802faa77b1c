"""The questions: each type by key and by mouse."""
