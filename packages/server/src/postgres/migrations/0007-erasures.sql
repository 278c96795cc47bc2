-- Demands to erase the data of one person. Whose it was is a keyed hash that only somebody who has the id again can compare;
-- the id itself is in a file of the data directory for as long as the work takes.
CREATE TABLE erasures (
  id uuid PRIMARY KEY,
  -- A person's id, "key" and an API key's prefix, or "local" for the command line.
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL DEFAULT now(),
  salt bytea NOT NULL,
  person_hash bytea NOT NULL,
  -- The events before this position are meant, and the server that has this log does the work.
  log_id uuid NOT NULL,
  log_end bigint NOT NULL,
  state text NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'redacting', 'deleting', 'computing', 'purging', 'done', 'lost')),
  log_lines bigint NOT NULL DEFAULT 0,
  events bigint NOT NULL DEFAULT 0,
  quarantined bigint NOT NULL DEFAULT 0,
  -- Why the work does not go on at the moment.
  problem text,
  finished_at timestamptz
);
