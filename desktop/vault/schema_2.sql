-- What the list of families shows, worked out once: thrown away in the transaction that changes what
-- it was worked out from, and made again when the list is shown. made_with: the pack it was read by.
CREATE TABLE summary (
    family INTEGER PRIMARY KEY REFERENCES family ON DELETE CASCADE,
    made_with TEXT NOT NULL,
    name TEXT NOT NULL,
    last_written TEXT,
    waiting INTEGER NOT NULL,
    conflicts INTEGER NOT NULL
) STRICT;

CREATE TRIGGER summary_of_new_change AFTER INSERT ON change
BEGIN DELETE FROM summary WHERE family = new.family; END;
CREATE TRIGGER summary_of_changed_change AFTER UPDATE ON change
BEGIN DELETE FROM summary WHERE family = new.family; END;
CREATE TRIGGER summary_of_removed_change AFTER DELETE ON change
BEGIN DELETE FROM summary WHERE family = old.family; END;
CREATE TRIGGER summary_of_blanked_answer AFTER UPDATE ON answer
BEGIN DELETE FROM summary WHERE family = (SELECT family FROM change WHERE place = new.change); END;
CREATE TRIGGER summary_of_new_record AFTER INSERT ON record
BEGIN DELETE FROM summary WHERE family = new.family; END;
