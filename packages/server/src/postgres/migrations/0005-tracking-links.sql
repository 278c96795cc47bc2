-- Addresses that count whoever follows them and send them on. A code is never given away twice: an archived link keeps it.
CREATE TABLE tracking_links (
  code text PRIMARY KEY,
  source text NOT NULL REFERENCES sources (name),
  environment text NOT NULL DEFAULT 'production' CHECK (environment IN ('production', 'sandbox')),
  label text NOT NULL,
  target text NOT NULL,
  network text NOT NULL DEFAULT '',
  campaign text NOT NULL DEFAULT '',
  adgroup text NOT NULL DEFAULT '',
  creative text NOT NULL DEFAULT '',
  parameters jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz,
  -- Grows with every change: by the sum of all, a server sees that it has to read the links again.
  version bigint NOT NULL DEFAULT 1
);
