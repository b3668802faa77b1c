-- The store of one worker on one device. Times are UTC texts; ids are UUID texts.

CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE worker (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, team TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE family (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL,
    number TEXT NOT NULL DEFAULT '',        -- the centre's; '' until it has given one
    begun TEXT NOT NULL,
    registration TEXT NOT NULL CHECK (registration IN ('waiting', 'done', 'rejected')),
    code TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    hidden INTEGER NOT NULL DEFAULT 0       -- no longer this worker's, but something is unsent
) STRICT;

CREATE TABLE record (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    family INTEGER NOT NULL REFERENCES family ON DELETE CASCADE,
    form TEXT NOT NULL,
    version TEXT NOT NULL,
    begun TEXT NOT NULL
) STRICT;
CREATE INDEX record_of_family ON record (family);

-- standing: open (still being written), waiting (in the outbox), held and rejected (answered so by
-- the EHM, with its code and words), known (the EHM has it). acknowledged stays once it was known.
CREATE TABLE change (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
    family INTEGER NOT NULL REFERENCES family ON DELETE CASCADE,
    form TEXT NOT NULL,
    version TEXT NOT NULL,
    author TEXT NOT NULL,
    device TEXT NOT NULL,
    number INTEGER NOT NULL,
    at TEXT NOT NULL,
    zone TEXT NOT NULL,
    standing TEXT NOT NULL
        CHECK (standing IN ('open', 'waiting', 'held', 'rejected', 'known')),
    acknowledged INTEGER NOT NULL DEFAULT 0,
    fingerprint TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX change_of_record ON change (record);
CREATE INDEX change_of_family ON change (family);
CREATE INDEX change_that_is_open ON change (record) WHERE standing = 'open';
CREATE INDEX change_that_waits ON change (place) WHERE standing = 'waiting';

CREATE TABLE answer (
    place INTEGER PRIMARY KEY,
    change INTEGER NOT NULL REFERENCES change ON DELETE CASCADE,
    record INTEGER NOT NULL,
    path TEXT NOT NULL,
    value TEXT NOT NULL,
    absent TEXT,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX answer_of_change ON answer (change);
CREATE INDEX answer_at_path ON answer (record, path);
CREATE INDEX answer_that_names_an_attachment ON answer (value) WHERE value GLOB 'sha256-*';

-- What the author of a change saw at a path; kept though the change that it names has not come yet.
CREATE TABLE base (
    change INTEGER NOT NULL REFERENCES change ON DELETE CASCADE,
    path TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    record INTEGER NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (change, path, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX base_at_path ON base (record, path, id);

-- forms.records.heads in SQL, over sealed changes; a property test says that the two are equal.
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

CREATE TABLE attachment (
    name TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sent INTEGER NOT NULL DEFAULT 0,
    content BLOB NOT NULL
) STRICT;
CREATE TABLE attachment_part (
    name TEXT NOT NULL, start INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (name, start)
) STRICT;

CREATE TABLE pack (version TEXT PRIMARY KEY, content BLOB NOT NULL, kept TEXT NOT NULL) STRICT;

CREATE TABLE staged (place INTEGER PRIMARY KEY, family TEXT NOT NULL, item TEXT NOT NULL) STRICT;
CREATE INDEX staged_of_family ON staged (family, place);

CREATE TABLE audit (
    number INTEGER PRIMARY KEY, entry TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;

-- One row an answer that is a head: rowid is family << 32 | answer, so that the families found
-- are read off the index alone. The text is folded before it comes here (search.py).
CREATE VIRTUAL TABLE found USING fts5(text, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3 4');
INSERT INTO found (found, rank) VALUES ('secure-delete', 1);
