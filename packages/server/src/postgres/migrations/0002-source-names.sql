-- What clients of other systems call a source: a site's number for Matomo, a domain for Plausible, a measurement id for GA4.
CREATE TABLE source_names (
  protocol text NOT NULL,
  name text NOT NULL,
  source text NOT NULL REFERENCES sources (name) ON DELETE CASCADE,
  environment text NOT NULL DEFAULT 'production' CHECK (environment IN ('production', 'sandbox')),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (protocol, name)
);
