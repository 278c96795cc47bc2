-- Statements that were saved by name, for widgets.
CREATE TABLE data_sources (
  name text PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9_-]{0,39}$'),
  label text NOT NULL,
  sql text NOT NULL,
  -- Values by name, where the board has none of that name. Not jsonb, which takes not every text.
  parameters json NOT NULL DEFAULT '{}',
  -- The id of a user, `key` and its prefix, or `local`.
  updated_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- Secret addresses of boards for people without an account. Tokens are stored as SHA-256 only.
CREATE TABLE share_links (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  token_hash bytea NOT NULL UNIQUE,
  -- By its id: whoever takes the address of a board that is gone does not take its links.
  board_id uuid REFERENCES boards ON DELETE CASCADE,
  -- Instead, the address of one that was not made here.
  fixed_board text,
  label text NOT NULL,
  password_hash text,
  -- What may differ from the board's own: range, grain, compare, names of variables.
  allowed text[] NOT NULL,
  -- Of boards without one.
  timezone text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  CHECK ((board_id IS NULL) <> (fixed_board IS NULL))
);
CREATE INDEX share_links_board ON share_links (board_id);
CREATE INDEX share_links_fixed_board ON share_links (fixed_board);

-- Browsers in which the password of a link was given.
CREATE TABLE share_unlocks (
  token_hash bytea PRIMARY KEY,
  link_id uuid NOT NULL REFERENCES share_links ON DELETE CASCADE,
  expires_at timestamptz NOT NULL
);
CREATE INDEX share_unlocks_link ON share_unlocks (link_id);

-- People who may make an account for themselves, each with an address that works once.
CREATE TABLE invitations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  token_hash bytea NOT NULL UNIQUE,
  email text NOT NULL,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('admin', 'editor', 'viewer')),
  invited_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX invitations_email ON invitations (lower(email));

-- To about five minutes.
ALTER TABLE users ADD COLUMN last_seen_at timestamptz;
