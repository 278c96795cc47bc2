-- Filters that were saved by name, for queries to use.
CREATE SEQUENCE segment_versions;

CREATE TABLE segments (
  name text PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
  label text NOT NULL,
  description text NOT NULL DEFAULT '',
  -- Null: every cube that has the dimensions.
  cube text,
  -- A condition on dimensions, as in queries.
  filter jsonb NOT NULL CHECK (jsonb_typeof(filter) = 'object'),
  -- The id of a user, `key` and its prefix, or `local`.
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  -- Greater with every change, and never given twice: by how many there are and the sum of these, a server sees that it has to
  -- read the segments again.
  version bigint NOT NULL DEFAULT nextval('segment_versions')
);
