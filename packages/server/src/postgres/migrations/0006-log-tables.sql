-- The tables that lines `@[database.table] {json}` of logs have made, each a view in ClickHouse: what it shows.
CREATE TABLE log_tables (
  event_name text PRIMARY KEY,
  view_name text NOT NULL UNIQUE,
  -- [{"path": "user.id", "column": "user_id", "types": ["Int64"]}], in the order of the view.
  columns jsonb NOT NULL,
  -- Of the code that wrote the view's text last.
  view_version integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- How far the events of each log have been looked at for new tables and columns.
CREATE TABLE log_table_positions (
  log_id uuid PRIMARY KEY,
  position bigint NOT NULL
);
