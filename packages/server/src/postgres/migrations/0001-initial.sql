CREATE TABLE settings (
  name text PRIMARY KEY,
  value jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email text NOT NULL,
  name text NOT NULL,
  password_hash text NOT NULL,
  role text NOT NULL CHECK (role IN ('admin', 'editor', 'viewer')),
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_email ON users (lower(email));

-- Tokens are stored as SHA-256 only: a copy of the database opens no session.
CREATE TABLE sessions (
  token_hash bytea PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE login_tokens (
  token_hash bytea PRIMARY KEY,
  purpose text NOT NULL CHECK (purpose IN ('setup', 'login')),
  user_id uuid REFERENCES users ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);

CREATE TABLE sources (
  name text PRIMARY KEY,
  label text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE api_keys (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- The public part of the key, shown in lists.
  prefix text NOT NULL UNIQUE,
  secret_hash bytea NOT NULL,
  name text NOT NULL,
  scopes text[] NOT NULL,
  -- An ingest key writes to one source in one environment.
  source text REFERENCES sources (name),
  environment text CHECK (environment IN ('production', 'sandbox')),
  created_by uuid REFERENCES users ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);

-- How far each log was read into ClickHouse. `planned` is the end of the batch under way: after a crash exactly that
-- batch is inserted again, with the same token, so that ClickHouse drops what it already has.
CREATE TABLE ingest_positions (
  log_id uuid PRIMARY KEY,
  committed bigint NOT NULL,
  planned bigint NOT NULL CHECK (planned >= committed),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE imports (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  source text NOT NULL,
  format text NOT NULL,
  file_name text NOT NULL,
  -- SHA-256 of what the reader saw first: finds the same file again under another name, grown or compressed.
  fingerprint text NOT NULL,
  options jsonb NOT NULL DEFAULT '{}',
  -- Of the uncompressed text: everything before it is acknowledged by the log.
  acknowledged_bytes bigint NOT NULL DEFAULT 0,
  acknowledged_lines bigint NOT NULL DEFAULT 0,
  -- End of the last acknowledged frame in the log.
  log_id uuid,
  log_end bigint NOT NULL DEFAULT 0,
  -- Counted by ingest, in the transaction that moves its position.
  stored bigint NOT NULL DEFAULT 0,
  duplicates bigint NOT NULL DEFAULT 0,
  quarantined bigint NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz
);
CREATE INDEX imports_fingerprint ON imports (source, fingerprint);

-- Random salts of the daily visitor hash; destroyed two days after they were made, which makes the hash one-way.
CREATE TABLE daily_salts (
  day date PRIMARY KEY,
  salt bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- One row for each hour of a cube that has data. `touched` counts the changes of the raw events in that hour, `computed`
-- is the value of `touched` that the cube's rows include: while they differ, queries read the hour from the raw events.
CREATE TABLE cube_hours (
  cube text NOT NULL,
  hour timestamptz NOT NULL,
  touched bigint NOT NULL DEFAULT 1,
  touched_at timestamptz NOT NULL DEFAULT now(),
  computed bigint NOT NULL DEFAULT 0,
  computed_at timestamptz,
  -- Which version of the hour's rows in the cube's table counts.
  version bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (cube, hour)
);
CREATE INDEX cube_hours_touched ON cube_hours (cube, touched_at) WHERE touched <> computed;

-- Its first value is taken here, so that its last value never is a version that is still to come.
CREATE SEQUENCE cube_versions;
SELECT nextval('cube_versions');

-- Versions of an hour's rows that do not count: being written, or replaced and not yet deleted.
CREATE TABLE cube_garbage (
  cube text NOT NULL,
  hour timestamptz NOT NULL,
  version bigint NOT NULL,
  since timestamptz NOT NULL DEFAULT now(),
  -- A replaced version may still be read by a query that began before; one that was never finished may not.
  PRIMARY KEY (cube, hour, version)
);
