-- Boards that were deleted are kept for a while, to be brought back. As `saved_by` of a version.
ALTER TABLE boards ADD COLUMN deleted_at timestamptz, ADD COLUMN deleted_by text;
CREATE INDEX boards_deleted ON boards (deleted_at) WHERE deleted_at IS NOT NULL;
-- The address of a board in the trash is free for another one.
ALTER TABLE boards DROP CONSTRAINT boards_slug_key;
CREATE UNIQUE INDEX boards_slug ON boards (slug) WHERE deleted_at IS NULL;

-- Addresses that boards had before, until another board takes them.
CREATE TABLE board_old_addresses (
  slug text PRIMARY KEY CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,79}$'),
  board_id uuid NOT NULL REFERENCES boards ON DELETE CASCADE
);
CREATE INDEX board_old_addresses_board ON board_old_addresses (board_id);
