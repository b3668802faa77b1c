-- What the centre says of a family besides its number: that it was begun twice and is part of another
-- one, and words for the worker while a person looks at it. part_of may name one that is not here.
ALTER TABLE family ADD COLUMN part_of TEXT;
ALTER TABLE family ADD COLUMN notice TEXT NOT NULL DEFAULT '';
CREATE INDEX part_of_family ON family (part_of) WHERE part_of IS NOT NULL;
