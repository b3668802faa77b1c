-- family.hidden is 1 while something of a family that is no longer this worker's is unsent, and 2 if it
-- has left and only what the centre would not take of it is here.

-- A file that the centre has not, and the record in which it was drawn or photographed: its words were
-- taken out, perhaps to the right family. No answer here names it; it goes up, and then it goes.
CREATE TABLE file_owed (
    name TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (name, record)
) STRICT, WITHOUT ROWID;
