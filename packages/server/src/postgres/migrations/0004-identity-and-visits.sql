-- What events said of who is who: from some time on, one visitor was known as another. A link that a person has taken away
-- stays, so that the next event that says the same does not bring it back.
CREATE TABLE identity_links (
  from_visitor numeric(20) NOT NULL,
  to_visitor numeric(20) NOT NULL,
  since timestamptz NOT NULL,
  removed_at timestamptz,
  PRIMARY KEY (from_visitor, to_visitor)
);
CREATE INDEX identity_links_to ON identity_links (to_visitor);

-- The person of each visitor that is not its own person, as the links have it; ClickHouse has the same in its own table.
CREATE TABLE identities (
  visitor numeric(20) PRIMARY KEY,
  person numeric(20) NOT NULL
);

CREATE SEQUENCE identity_versions;

-- Visitors whose links have changed and are not yet followed. A change that comes meanwhile has a later number.
CREATE TABLE identity_changes (
  visitor numeric(20) PRIMARY KEY,
  version bigint NOT NULL DEFAULT nextval('identity_versions')
);

-- Stretches of the log that were stored, and whose events are not yet in the visits.
CREATE TABLE visit_batches (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  log_id uuid NOT NULL,
  from_position bigint NOT NULL,
  to_position bigint NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  events integer NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT now()
);

-- Persons whose events have changed in a stretch of time in another way: one of their visitors came or went, events were deleted.
CREATE TABLE visit_touches (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text NOT NULL,
  environment text NOT NULL,
  person numeric(20) NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  events integer NOT NULL
);

-- By which rule the visits of a source are made. A rule that differs from the source's settings has yet to be applied.
CREATE TABLE visit_rules (
  source text PRIMARY KEY,
  rule text NOT NULL,
  timezone text NOT NULL
);

-- Sources whose visits are made anew, a part of the persons after the other; 0 parts: they are still to be counted.
CREATE TABLE visit_rebuilds (
  source text PRIMARY KEY,
  parts integer NOT NULL DEFAULT 0,
  done integer NOT NULL DEFAULT 0,
  asked_at timestamptz NOT NULL DEFAULT now()
);

-- What was stored before there were visits.
INSERT INTO visit_rebuilds (source) SELECT name FROM sources UNION SELECT source FROM imports;

CREATE SEQUENCE visit_versions;

-- The statement under way. Should its server die, the next one ends it before it begins one of its own.
CREATE TABLE visit_runs (
  query_id text PRIMARY KEY,
  started_at timestamptz NOT NULL DEFAULT now()
);
