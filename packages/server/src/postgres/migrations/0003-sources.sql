-- What a source is and how its events are treated. The settings' meaning and their defaults are the program's: only what
-- was set is in here.
ALTER TABLE sources
  ADD kind text NOT NULL DEFAULT 'website' CHECK (kind IN ('website', 'app', 'server', 'log', 'webhook')),
  ADD settings jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(settings) = 'object'),
  ADD last_event_at timestamptz;

-- What became of what a source sent, for its health: added up by the minute by each server, and kept for two days.
CREATE TABLE source_health (
  source text NOT NULL REFERENCES sources (name) ON DELETE CASCADE,
  environment text NOT NULL CHECK (environment IN ('production', 'sandbox')),
  minute timestamptz NOT NULL,
  kind text NOT NULL CHECK (kind IN ('accepted', 'duplicate', 'rejected', 'filtered')),
  reason text NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (source, environment, minute, kind, reason)
);
CREATE INDEX source_health_minute ON source_health (minute);
