import type { Board } from '@almanac/core/boards/board.ts'
import type { ReactElement } from 'react'
import { Field } from '../forms/field.tsx'
import { NamesInput } from '../forms/names-input.tsx'
import { RowList } from '../forms/row-list.tsx'
import { TextInput } from '../forms/text-input.tsx'
import { Toggle } from '../forms/toggle.tsx'

interface Props {
  readonly board: Board
  readonly onChange: (board: Board, step?: string) => void
}

const FIRST_QUERY = `SELECT occurred_at AS at, properties.version::String AS title
FROM events
WHERE name = 'deploy' AND occurred_at >= {from:DateTime} AND occurred_at < {to:DateTime}`

/** Moments that explain what charts show: those that were entered, and those that a query finds. */
export function AnnotationsForm({ board, onChange }: Props): ReactElement {
  const { annotations } = board
  const change = (part: Partial<Board['annotations']>, step?: string) =>
    onChange({ ...board, annotations: { ...annotations, ...part } }, step)
  return (
    <div className="flex flex-col gap-5">
      <Toggle
        label="Show annotations"
        note="As thin lines in all charts over time. Readers can turn them on and off."
        isOn={annotations.isShown}
        onChange={(isShown) => change({ isShown })}
      />
      <Field label="Only with one of the tags" note="With commas between them. Nothing: all annotations.">
        <NamesInput
          label="Only with one of the tags"
          placeholder="deploy, campaign"
          value={annotations.tags}
          onChange={(tags) => change({ tags: tags.slice(0, 20) }, 'annotation tags')}
        />
      </Field>
      <Field label="Out of queries" note="ClickHouse: rows with at, title and, if wanted, until.">
        <RowList
          what="query"
          rows={annotations.queries}
          empty={{ name: 'Deploys', sql: FIRST_QUERY }}
          most={5}
          onChange={(queries) => change({ queries }, 'annotation queries')}
        >
          {(query, set, index) => (
            <div className="flex flex-col gap-1">
              <TextInput
                label={`Name of query ${index + 1}`}
                value={query.name}
                onChange={(name) => set({ ...query, name })}
              />
              <TextInput
                label={`Statement of query ${index + 1}`}
                rows={5}
                isCode
                value={query.sql}
                onChange={(sql) => set({ ...query, sql: sql === '' ? ' ' : sql })}
              />
            </div>
          )}
        </RowList>
      </Field>
    </div>
  )
}
