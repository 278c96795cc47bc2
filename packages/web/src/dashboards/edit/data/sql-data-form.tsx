import type { WidgetData } from '@almanac/core/boards/board.ts'
import type { Issue } from '@almanac/core/errors.ts'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo, useState } from 'react'
import { sqlSchemaQuery } from '../../../api/sql.ts'
import { Lazily } from '../../../lazy/lazily.tsx'
import { offersOf } from '../../../sql/editor/sql-completion.ts'
import { SQL_EDITOR } from '../../../sql/editor/sql-editor-part.ts'
import { Field, FieldRow } from '../forms/field.tsx'
import { problemAt } from '../forms/problem-at.ts'
import { RangeInput } from '../forms/range-input.tsx'
import { RowList } from '../forms/row-list.tsx'
import { TextInput } from '../forms/text-input.tsx'
import { withField } from '../forms/with-field.ts'

type SqlData = Extract<WidgetData, { readonly from: 'sql' }>

interface Props {
  readonly data: SqlData
  readonly issues: readonly Issue[]
  readonly onChange: (data: SqlData) => void
}

/** A statement of one’s own. */
export function SqlDataForm({ data, issues, onChange }: Props): ReactElement {
  const rows = Object.entries(data.parameters).map(([name, value]) => ({ name, value: valueText(value) }))
  return (
    <div className="flex flex-col gap-4">
      <Field
        label="Statement"
        note="ClickHouse. {from:DateTime}, {to:DateTime}, {timezone:String} and {grain:String} are the board’s; a variable of the board is {name:Array(String)}."
        problem={problemAt(issues, 'sql')}
      >
        <Statement value={data.sql} onApply={(sql) => onChange({ ...data, sql })} />
      </Field>
      <Field label="Parameters" problem={problemAt(issues, 'parameters')}>
        <RowList
          what="parameter"
          rows={rows}
          empty={{ name: freeName(rows.map(({ name }) => name)), value: '' }}
          most={20}
          onChange={(next) =>
            onChange({
              ...data,
              parameters: Object.fromEntries(next.map(({ name, value }) => [name, typedValue(value)])),
            })
          }
        >
          {(row, change, index) => (
            <FieldRow>
              <TextInput
                label={`Name of parameter ${index + 1}`}
                isCode
                value={row.name}
                onChange={(name) => change({ ...row, name })}
              />
              <TextInput
                label={`Value of parameter ${index + 1}`}
                isCode
                value={row.value}
                onChange={(value) => change({ ...row, value })}
              />
            </FieldRow>
          )}
        </RowList>
      </Field>
      <RangeInput
        label="Range"
        value={data.range}
        none="The board’s"
        onChange={(range) => onChange(withField(data, 'range', range))}
      />
    </div>
  )
}

interface StatementProps {
  readonly value: string
  readonly onApply: (value: string) => void
}

/** It is run when the editor is left, or by ctrl or ⌘ and Enter: each key would be a query. */
function Statement({ value, onApply }: StatementProps): ReactElement {
  const [state, setState] = useState({ text: value, of: value })
  const { data: schema } = useQuery(sqlSchemaQuery)
  const offers = useMemo(() => schema && offersOf(schema), [schema])
  // Undone, or taken from another version.
  const now = state.of === value ? state : { text: value, of: value }
  if (now !== state) setState(now)
  const apply = () => {
    if (now.text !== value && now.text.trim() !== '') onApply(now.text)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that the editor inside was left.
    <div
      className="h-56 resize-y overflow-hidden rounded-md border border-line focus-within:border-accent"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) apply()
      }}
    >
      <Lazily
        part={SQL_EDITOR}
        props={{
          value: now.text,
          offers,
          problem: undefined,
          onChange: (text) => setState({ text, of: value }),
          onRun: apply,
        }}
        fallback={<div className="skeleton h-full" />}
      />
    </div>
  )
}

const valueText = (value: SqlData['parameters'][string]) => (Array.isArray(value) ? value.join(', ') : String(value))

/** A number where it is one; everything else is text. */
function typedValue(text: string): string | number {
  return /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : text
}

function freeName(taken: readonly string[]): string {
  for (let count = taken.length + 1; ; count++) if (!taken.includes(`p${count}`)) return `p${count}`
}
