-- What comes of a large family is laid out before it is shown, so that showing it takes a moment. Then
-- it is in its tables and out of sight: the view leaves it out, and whoever reads changes reads that.
DROP VIEW head;
ALTER TABLE change RENAME TO written;
ALTER TABLE written ADD COLUMN shown INTEGER NOT NULL DEFAULT 1;
CREATE INDEX written_out_of_sight ON written (family) WHERE NOT shown;
CREATE VIEW change AS SELECT * FROM written WHERE shown;

CREATE VIEW record_in_sight AS
SELECT * FROM record WHERE EXISTS (SELECT 1 FROM change WHERE change.record = record.place)
    OR NOT EXISTS (SELECT 1 FROM written WHERE written.record = record.place);

CREATE VIEW head AS
SELECT answer.place AS place, answer.record AS record, answer.path AS path, change.id AS change,
       change.family AS family, answer.value AS value, answer.absent AS absent,
       answer.reason AS reason
FROM answer JOIN change ON change.place = answer.change
WHERE change.standing <> 'open' AND NOT EXISTS (
    SELECT 1 FROM base JOIN change AS later ON later.place = base.change
    WHERE base.record = answer.record AND base.path = answer.path AND base.id = change.id
      AND later.standing <> 'open'
);

-- Staged changes that were looked at: laid out, or here already and compared when the family is shown.
-- They stay staged until then: what is laid out can be thrown away at any time.
CREATE TABLE laid_out (
    staged INTEGER PRIMARY KEY REFERENCES staged ON DELETE CASCADE,
    was_here INTEGER NOT NULL
) STRICT;
DROP INDEX staged_of_family;
CREATE INDEX staged_of_family ON staged (family, is_change, place);
