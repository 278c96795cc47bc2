import type { Visibility } from '@almanac/core/boards/board.ts'
import { formatAgo } from '@almanac/core/charts/format/format-time.ts'
import { Globe, Lock, type LucideIcon, Users } from 'lucide-react'
import type { BoardEntry } from '../api/boards.ts'

/** Who sees a board: in a word, and in a sentence. */
export const SEEN_BY: Readonly<
  Record<Visibility, { readonly label: string; readonly note: string; readonly Icon: LucideIcon }>
> = {
  private: {
    label: 'Private',
    note: 'Only its owner finds it, admins do not. Secret links that were made go on.',
    Icon: Lock,
  },
  team: { label: 'Team', note: 'Everybody with an account.', Icon: Users },
  public: {
    label: 'Public',
    note: 'Whoever has its address, without an account. They see it as it is and choose nothing.',
    Icon: Globe,
  },
}

export const ORIGIN_LABELS: Readonly<Record<BoardEntry['origin'], string>> = {
  made: 'Made here',
  workspace: 'Workspace',
  ready: 'Ready-made',
}

/** Whose it is, or where it comes from. */
export function ownerText({ origin, ownerName }: Pick<BoardEntry, 'origin' | 'ownerName'>): string {
  return origin === 'made' ? (ownerName ?? 'Nobody') : ORIGIN_LABELS[origin]
}

export function changedText({ updatedAt }: Pick<BoardEntry, 'updatedAt'>, now: Temporal.Instant): string {
  return updatedAt === null ? '–' : formatAgo(Temporal.Instant.from(updatedAt), now)
}
