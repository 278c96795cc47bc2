-- Tables that people have brought as files. Each is a cube of the same name once its definition was confirmed.
CREATE TABLE uploads (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL UNIQUE CHECK (name ~ '^[a-z][a-z0-9_]{0,39}$'),
  label text NOT NULL,
  -- How its files are read; null until somebody has confirmed it. Not jsonb, which takes not every text.
  definition json,
  -- Of the table that the rows are in: every definition has a table of its own.
  table_version integer NOT NULL DEFAULT 0,
  -- What the next file of this name does, unless it says otherwise.
  mode text NOT NULL DEFAULT 'replace' CHECK (mode IN ('replace', 'append', 'upsert')),
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- Every file as it came. It lies in the data directory under its hash.
CREATE TABLE upload_files (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  upload_id uuid NOT NULL REFERENCES uploads ON DELETE CASCADE,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  file_name text NOT NULL,
  size_bytes bigint NOT NULL,
  origin text NOT NULL CHECK (origin IN ('file', 'url', 'rows')),
  received_by text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX upload_files_upload ON upload_files (upload_id, received_at);
CREATE INDEX upload_files_hash ON upload_files (hash);

-- What became of the files. The number is in the rows that a load brought.
CREATE TABLE upload_loads (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  upload_id uuid NOT NULL REFERENCES uploads ON DELETE CASCADE,
  file_id uuid NOT NULL REFERENCES upload_files ON DELETE CASCADE,
  table_version integer NOT NULL,
  mode text NOT NULL CHECK (mode IN ('replace', 'append', 'upsert')),
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed')),
  rows_read bigint NOT NULL DEFAULT 0,
  rows_stored bigint NOT NULL DEFAULT 0,
  rows_left_out bigint NOT NULL DEFAULT 0,
  cells_emptied bigint NOT NULL DEFAULT 0,
  -- The first of what did not fit, each with its line.
  misfits json NOT NULL DEFAULT '[]',
  first_at timestamptz,
  last_at timestamptz,
  problem text,
  started_by text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz
);
CREATE INDEX upload_loads_upload ON upload_loads (upload_id, id);

-- Files that are fetched again and again.
CREATE TABLE upload_refreshes (
  upload_id uuid PRIMARY KEY REFERENCES uploads ON DELETE CASCADE,
  url text NOT NULL,
  every_minutes integer NOT NULL CHECK (every_minutes BETWEEN 1 AND 10080),
  -- Headers of the request, encrypted with a key of the data directory; never shown.
  headers bytea,
  header_names text[] NOT NULL DEFAULT '{}',
  etag text,
  last_modified text,
  next_at timestamptz NOT NULL DEFAULT now(),
  last_at timestamptz,
  -- changed, same or failed
  last_result text CHECK (last_result IN ('changed', 'same', 'failed')),
  problem text,
  failures integer NOT NULL DEFAULT 0
);
CREATE INDEX upload_refreshes_next ON upload_refreshes (next_at);
