-- A staged change is its canonical JSON, of which its fingerprint is the hash; any other item is as it
-- came, and so is what was staged before.
ALTER TABLE staged ADD COLUMN is_change INTEGER NOT NULL DEFAULT 0;

-- The search only asks for words and their beginnings, and the text is folded before it comes here
-- (search.py): no positions, no sizes, and no tokenizer with a notion of letters of its own.
CREATE VIRTUAL TABLE found_by_word USING fts5(
    text, tokenize = 'ascii', prefix = '2', detail = none, columnsize = 0
);
INSERT INTO found_by_word (found_by_word, rank) VALUES ('secure-delete', 1);
INSERT INTO found_by_word (rowid, text) SELECT rowid, text FROM found;
DROP TABLE found;
ALTER TABLE found_by_word RENAME TO found;

-- Rows of found whose answer was replaced by a later one: searches pass over them. They stay in it as
-- they stay in the record's history, for to take words out of the index so that no trace of them is
-- left costs a tenth of a second for a few dozen answers. What is erased or removed is taken out so.
CREATE TABLE replaced (place INTEGER PRIMARY KEY) STRICT;
