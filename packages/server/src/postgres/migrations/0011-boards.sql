-- Dashboards that were made in the browser, over HTTP or out of code. Those of the workspace and those that come with Almanac are
-- not in here.
CREATE TABLE board_folders (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL,
  parent_id uuid REFERENCES board_folders,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX board_folders_parent ON board_folders (parent_id);

CREATE TABLE boards (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- The end of its address.
  slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,79}$'),
  folder_id uuid REFERENCES board_folders ON DELETE SET NULL,
  visibility text NOT NULL CHECK (visibility IN ('private', 'team', 'public')),
  -- Null: made by a program or the command line, or by somebody who is gone.
  owner_id uuid REFERENCES users ON DELETE SET NULL,
  -- Of the newest version, for lists.
  title text NOT NULL,
  description text NOT NULL,
  -- The newest one.
  version integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX boards_folder ON boards (folder_id);

-- Every save; for as long as the board is there.
CREATE TABLE board_versions (
  board_id uuid NOT NULL REFERENCES boards ON DELETE CASCADE,
  version integer NOT NULL,
  title text NOT NULL,
  -- As `packages/core/src/boards/board.ts` says. Not jsonb, which takes neither every text nor the order of keys.
  board json NOT NULL,
  note text NOT NULL DEFAULT '',
  -- The id of a user, `key` and its prefix, or `local`.
  saved_by text NOT NULL,
  saved_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (board_id, version)
);

-- By address: those of the workspace and those that come with Almanac can be favourites, too.
CREATE TABLE board_favourites (
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  slug text NOT NULL,
  PRIMARY KEY (user_id, slug)
);

-- What happened when: deploys, campaigns. `until` is not included; without it, it was a moment.
CREATE TABLE annotations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  at timestamptz NOT NULL,
  until timestamptz CHECK (until > at),
  title text NOT NULL,
  text text NOT NULL DEFAULT '',
  tags text[] NOT NULL DEFAULT '{}',
  -- The address of the board that it belongs to; null: all of them.
  board text,
  -- As `saved_by` of a version.
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX annotations_at ON annotations (at);
