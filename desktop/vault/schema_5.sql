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
