-- Visits know their channel from now on: those that are there already are made anew.
INSERT INTO visit_rebuilds (source) SELECT name FROM sources UNION SELECT source FROM imports
ON CONFLICT (source) DO UPDATE SET parts = 0, done = 0, asked_at = now();
