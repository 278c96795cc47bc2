-- The later of two requests that bring the same metric for the same time has the greater version, and counts.
CREATE SEQUENCE metric_versions;

-- Changes of metrics that may be under way: noted before the rows are written, forgotten when their hours were touched after
-- it. What is left of a server that died is touched again, as nobody knows whether its rows were written.
CREATE TABLE metric_changes (
  version bigint PRIMARY KEY DEFAULT nextval('metric_versions'),
  -- Starts in seconds.
  hours bigint[] NOT NULL,
  begun_at timestamptz NOT NULL DEFAULT now()
);
