-- Each cube has tables of its own by its definition now, at three levels. All of them are computed anew from the raw rows.
DROP TABLE cube_hours;
DROP TABLE cube_garbage;

-- A definition of a cube and the ClickHouse table that is made by it.
--   making    the table is being made and the hours that have raw rows are being touched; nobody reads it yet
--   building  it is filled; queries may read it, and the one that serves beside it
--   serving   it was filled once
--   failed    the engine refused the definition, and there is no table
--   retired   another definition has taken its place; queries that began before may still read it
--   dropping  the table is being dropped
CREATE TABLE cube_tables (
  id serial PRIMARY KEY,
  name text NOT NULL,
  -- Of what the rows depend on. A label is not part of it.
  hash text NOT NULL,
  -- Not jsonb, which forgets the order of dimensions and measures.
  definition json NOT NULL,
  table_name text NOT NULL,
  -- The raw tables whose changes touch it.
  base_tables text[] NOT NULL,
  state text NOT NULL CHECK (state IN ('making', 'building', 'serving', 'failed', 'retired', 'dropping')),
  -- What the engine said of the definition, or of the last attempt to compute it where that failed.
  reason text,
  -- Attempts to compute it that failed one after the other, and when the next one is due.
  failures integer NOT NULL DEFAULT 0,
  retry_at timestamptz NOT NULL DEFAULT now(),
  paused boolean NOT NULL DEFAULT false,
  -- Raw rows of the last run that computed hours, and how long it took.
  run_rows bigint,
  run_ms double precision,
  -- The order in which cubes are shown.
  place integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  served_at timestamptz,
  retired_at timestamptz
);
CREATE UNIQUE INDEX cube_tables_once ON cube_tables (name, hash);
CREATE UNIQUE INDEX cube_tables_one_state ON cube_tables (name, state) WHERE state IN ('making', 'building', 'serving', 'failed');

-- One row for each hour, day and month of a table that has raw rows. `touched` counts the changes of what the bucket is made of,
-- `computed` is the value of `touched` that the table's rows include: while they differ, queries do not read the bucket.
CREATE TABLE cube_buckets (
  cube_id integer NOT NULL REFERENCES cube_tables (id) ON DELETE CASCADE,
  -- 0 hours of UTC, 1 days and 2 months of the cube's zone.
  level smallint NOT NULL,
  bucket timestamptz NOT NULL,
  touched bigint NOT NULL DEFAULT 1,
  -- Infinite where the bucket cannot be kept, such as a day that begins between two steps.
  touched_at timestamptz NOT NULL DEFAULT now(),
  computed bigint NOT NULL DEFAULT 0,
  computed_at timestamptz,
  -- Which version of the bucket's rows counts; 0 where there are none.
  version bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (cube_id, level, bucket)
);
CREATE INDEX cube_buckets_touched ON cube_buckets (cube_id, level, bucket) WHERE touched <> computed;

-- Versions of a bucket's rows that do not count: being written, or replaced and not yet deleted. A replaced version may still
-- be read by a query that began before.
CREATE TABLE cube_garbage (
  cube_id integer NOT NULL REFERENCES cube_tables (id) ON DELETE CASCADE,
  level smallint NOT NULL,
  bucket timestamptz NOT NULL,
  version bigint NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (cube_id, level, bucket, version)
);

-- The last version that was given away. Not a sequence: a query must not see a version before it sees that it does not count yet.
CREATE TABLE cube_clock (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  version bigint NOT NULL
);
INSERT INTO cube_clock (version) SELECT last_value FROM cube_versions;
DROP SEQUENCE cube_versions;

-- The next number that no person has. A range is taken before it is given away, and never given back. 0 is nobody.
CREATE TABLE person_numbering (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  next bigint NOT NULL,
  -- The statement that gives numbers away, while it may be running.
  query_id text
);
INSERT INTO person_numbering (next) VALUES (1);
