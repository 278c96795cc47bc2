import { formatNumber } from '@almanac/core/charts/format/format-number.ts'
import type { MeasureFormat } from '@almanac/core/cubes/measure.ts'
import type { Behind, Explained, ExplainRequestInput } from '@almanac/core/explain/explain.ts'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { toApiError } from '../../api/api-error.ts'
import { explanationQuery } from '../../api/explore.ts'
import { useMayEdit } from '../../app/rights.ts'
import { More } from '../../dashboards/edit/forms/more.tsx'
import { FailureNote } from '../../lazy/failure-note.tsx'
import { CopyButton } from '../../settings/copy-button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { RowsSkeleton } from '../../widgets/rows-skeleton.tsx'
import { RowsBehind } from './rows-behind.tsx'
import { statementText } from './statement-text.ts'

/** The value again, its definition in words, what it was computed from, and the rows behind it. */
export function NumberExplained({ question }: { readonly question: ExplainRequestInput }): ReactElement {
  const { data, error, refetch } = useQuery(explanationQuery(question))
  if (error && !data) return <FailureNote error={toApiError(error)} retry={() => void refetch()} />
  if (!data) return <RowsSkeleton count={8} />
  const { cube, explained } = data
  return (
    <div className="flex flex-col">
      <Headline explained={explained} />
      <p className="pt-2 pb-4 text-pretty">{explained.howMade}</p>
      {explained.inputs.length > 0 && (
        <More title="Computed from" note={explained.formula} isOpen>
          {explained.inputs.map(({ role, explained: input }) => (
            <Input key={role} role={role} explained={input} />
          ))}
        </More>
      )}
      {explained.behind && <Freshness behind={explained.behind} asOf={explained.asOf} />}
      {explained.behind && explained.behind.batches.count > 0 && <Batches behind={explained.behind} />}
      <RowsOf explained={explained} />
      <More title="SQL" note={explained.tables.join(', ')}>
        <Statement text={statementText(explained.statement)} label="SQL of the value" />
        {explained.furtherStatements.map(({ purpose, ...statement }) => (
          <Statement key={purpose} text={statementText(statement)} label={purpose} />
        ))}
      </More>
      <More title="Definition" note={cube.label}>
        <Facts>
          <Fact label="Cube">{cube.label}</Fact>
          {cube.description && <Fact label="What it is">{cube.description}</Fact>}
          <Fact label="Rows of">{cube.rows}</Fact>
          <Fact label="Time">{`${cube.timeColumn}, in ${cube.timezone}`}</Fact>
          {explained.formula && <Fact label="Formula">{explained.formula}</Fact>}
          <Fact label="Adding up">{explained.howItAddsUp}</Fact>
          <Fact label="Read from">{rollupText(explained)}</Fact>
        </Facts>
      </More>
    </div>
  )
}

function Headline({ explained }: { readonly explained: Explained }): ReactElement {
  return (
    <div>
      <p className="figures text-2xl font-semibold tracking-tight">{valueText(explained)}</p>
      {explained.isOpen && <p className="text-sm text-muted">Still running: it can grow.</p>}
    </div>
  )
}

function Input({ role, explained }: { readonly role: string; readonly explained: Explained }): ReactElement {
  return (
    <div className="rounded-md border border-line px-3 py-2">
      <p className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 truncate font-medium">
          {explained.label === role ? role : `${role}: ${explained.label}`}
        </span>
        <span className="figures font-semibold">{valueText(explained)}</span>
      </p>
      <p className="text-sm text-pretty text-muted">{explained.howMade}</p>
      {explained.inputs.map((input) => (
        <Input key={input.role} {...input} />
      ))}
    </div>
  )
}

function RowsOf({ explained }: { readonly explained: Explained }): ReactElement | null {
  const mayEdit = useMayEdit()
  const { behind } = explained
  if (!behind) return null
  const people = behind.persons === undefined ? '' : `, ${COUNT.format(behind.persons)} persons`
  return (
    <More title="Rows behind it" note={`${COUNT.format(behind.rowCount)}${people}`}>
      {mayEdit ? (
        <RowsBehind request={explained.request} />
      ) : (
        <p className="text-pretty text-muted">
          Rows can hold what is personal: editors and admins see them. Ask one of them for the right.
        </p>
      )}
    </More>
  )
}

function Freshness({ behind: { buckets }, asOf }: { readonly behind: Behind; readonly asOf: string }): ReactElement {
  const oldest = buckets.oldestComputedAt
  const touched = buckets.shown.filter(({ isTouched }) => isTouched).length
  return (
    <More title="When it was computed" note={oldest === null ? 'now, from the rows' : momentText(oldest)}>
      <p className="text-pretty text-muted">
        {buckets.count === 0
          ? `All of it was computed from the raw rows at ${momentText(asOf)}.`
          : `${COUNT.format(buckets.count)} parts were computed before${touched > 0 ? `; ${COUNT.format(touched)} of them have changed since and were read from the raw rows` : ''}.`}
      </p>
      {buckets.shown.length > 0 && (
        <SmallTable
          head={['Part', 'Begins', 'Computed']}
          rows={buckets.shown
            .slice(0, MOST_SHOWN)
            .map(({ level, from, computedAt, isTouched }) => [
              level,
              level === 'hour' ? momentText(from) : DAY.format(new Date(from)),
              computedAt === null ? 'never' : `${momentText(computedAt)}${isTouched ? ', changed since' : ''}`,
            ])}
        />
      )}
      {buckets.count > MOST_SHOWN && (
        <p className="text-sm text-faint">{`and ${COUNT.format(buckets.count - MOST_SHOWN)} more`}</p>
      )}
    </More>
  )
}

function Batches({ behind: { batches } }: { readonly behind: Behind }): ReactElement {
  return (
    <More
      title="What brought the rows"
      note={batches.count === 1 ? 'one batch' : `${COUNT.format(batches.count)} batches`}
    >
      <SmallTable
        head={['From', 'Rows', 'Received']}
        rows={batches.shown.map(({ rows, import: file, lastReceivedAt }) => [
          file ? (file.fileName ?? 'an import') : 'clients',
          COUNT.format(rows),
          momentText(lastReceivedAt),
        ])}
      />
    </More>
  )
}

function Statement({ text, label }: { readonly text: string; readonly label: string }): ReactElement {
  return (
    <div className="flex flex-col items-start gap-2">
      <CodeBlock text={text} label={label} className="max-h-96 w-full" />
      <CopyButton text={text} label="Copy SQL" />
    </div>
  )
}

interface SmallTableProps {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

function SmallTable({ head, rows }: SmallTableProps): ReactElement {
  return (
    <table className="figures w-full text-sm">
      <thead>
        <tr className="text-left text-muted">
          {head.map((text) => (
            <th key={text} scope="col" className="pr-2 pb-1 font-medium last:pr-0">
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <tr key={cells.join(' ')} className="border-t border-line align-top">
            {cells.map((text, at) => (
              <td key={head[at]} className="py-1 pr-2 wrap-anywhere last:pr-0">
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Facts({ children }: { readonly children: ReactNode }): ReactElement {
  return <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">{children}</dl>
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 text-pretty wrap-anywhere">{children}</dd>
    </>
  )
}

const MOST_SHOWN = 8
const COUNT = new Intl.NumberFormat()

function valueText({ value, format }: Explained): string {
  return typeof value === 'number' ? formatNumber(value, format as MeasureFormat, 'exact') : String(value ?? '–')
}

function rollupText({ rollup, tables }: Explained): string {
  return rollup ? `${tables.join(', ')}, kept by ${rollup.join(', ') || 'time alone'}` : tables.join(', ')
}

function momentText(text: string): string {
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? text : MOMENT.format(at)
}

const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
/** Days and months of a cube are those of UTC. */
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' })
