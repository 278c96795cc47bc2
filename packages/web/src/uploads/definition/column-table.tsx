import { formatNumber } from '@almanac/core/charts/format/format-number.ts'
import type { UploadColumn, UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import type { ColumnEvidence, UploadProposal } from '@almanac/core/uploads/upload-proposal.ts'
import { Clock, Eye, EyeOff, Tags } from 'lucide-react'
import { type ReactElement, useRef } from 'react'
import { ToggleButton } from 'react-aria-components'
import { Choice } from '../../dashboards/edit/forms/choice.tsx'
import { TextInput } from '../../dashboards/edit/forms/text-input.tsx'
import { EdgeShadow } from '../../ui/edge-shadow.tsx'
import { READINGS, readingOf } from '../upload-words.ts'
import { withColumn, withReading } from './definition-edits.ts'

interface Props {
  readonly definition: UploadDefinition
  readonly proposal: UploadProposal
  readonly onChange: (definition: UploadDefinition) => void
}

const ROWS_SHOWN = 8

/** The first rows of the file under columns whose names and types can be changed. */
export function ColumnTable({ definition, proposal, onChange }: Props): ReactElement {
  // A file may have its columns in another order than the definition, and columns that it does not name.
  const places = definition.columns.map(({ source }) =>
    proposal.definition.columns.findIndex((one) => one.source === source),
  )
  const scroller = useRef<HTMLElement>(null)
  const { rowsExamined, isWhole, format } = proposal
  return (
    <section aria-labelledby="columns" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="columns" className="font-semibold">
          Columns
        </h2>
        <p className="figures text-sm text-muted">
          {format.text} · {isWhole ? '' : 'the first '}
          {formatNumber(rowsExamined, 'integer')} rows looked at
        </p>
      </div>
      <div className="card relative overflow-hidden">
        <section
          ref={scroller}
          className="overflow-x-auto focus-visible:-outline-offset-2"
          aria-label="The first rows"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
          tabIndex={0}
        >
          <table className="border-collapse text-left">
            <thead>
              <tr>
                {definition.columns.map((column, i) => (
                  <th
                    key={column.source}
                    scope="col"
                    className="min-w-48 border-r border-line p-2.5 align-top font-normal last:border-r-0"
                  >
                    <ColumnHead
                      column={column}
                      evidence={proposal.evidence[places[i] ?? -1]}
                      isTime={definition.time === column.name}
                      definition={definition}
                      onChange={onChange}
                    />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {proposal.sample.slice(0, ROWS_SHOWN).map((row, number) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file never move.
                <tr key={number} className="border-t border-line">
                  {definition.columns.map((column, i) => (
                    <td
                      key={column.source}
                      className={`max-w-64 truncate border-r border-line px-3 py-1.5 last:border-r-0 ${isNumber(column) ? 'figures text-right' : ''} ${column.isLeftOut ? 'text-faint line-through' : ''}`}
                    >
                      <bdi>{row[places[i] ?? -1] ?? ''}</bdi>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <EdgeShadow scroller={scroller} />
      </div>
    </section>
  )
}

const isNumber = ({ type }: UploadColumn) => type === 'integer' || type === 'decimal'

interface HeadProps {
  readonly column: UploadColumn
  readonly evidence: ColumnEvidence | undefined
  readonly isTime: boolean
  readonly definition: UploadDefinition
  readonly onChange: (definition: UploadDefinition) => void
}

function ColumnHead({ column, evidence, isTime, definition, onChange }: HeadProps): ReactElement {
  const { name, label, isDimension, isLeftOut } = column
  const change = (part: Partial<UploadColumn>) => onChange(withColumn(definition, name, part))
  return (
    <div className={`flex flex-col gap-1.5 ${isLeftOut ? 'opacity-60' : ''}`}>
      <TextInput
        label={`Label of ${name}`}
        value={label}
        isInvalid={label.trim() === ''}
        onChange={(text) => change({ label: text.slice(0, 100) })}
      />
      <Choice
        label={`Type of ${label}`}
        value={readingOf(column)}
        options={READINGS}
        onChange={(reading) => onChange(withReading(definition, name, reading))}
      />
      <div className="flex items-center gap-1">
        <ToggleButton
          aria-label={`Dimension: group and filter by ${label}`}
          isSelected={isDimension}
          isDisabled={isLeftOut}
          onChange={(isSelected) => change({ isDimension: isSelected })}
          className={CHIP}
        >
          <Tags size={12} aria-hidden /> Dimension
        </ToggleButton>
        {isTime && (
          <span className="inline-flex h-6 items-center gap-1 rounded-full bg-accent-soft px-2 text-xs font-medium text-accent-ink">
            <Clock size={12} aria-hidden /> Time
          </span>
        )}
        <ToggleButton
          aria-label={`Leave ${label} out`}
          isSelected={isLeftOut}
          onChange={(isSelected) => change({ isLeftOut: isSelected })}
          className="ml-auto grid size-6 place-items-center rounded-md text-faint hover:bg-hover hover:text-ink"
        >
          {isLeftOut ? <EyeOff size={14} aria-hidden /> : <Eye size={14} aria-hidden />}
        </ToggleButton>
      </div>
      <ColumnNote evidence={evidence} />
    </div>
  )
}

const CHIP = [
  'inline-flex h-6 cursor-pointer items-center gap-1 rounded-full border border-line px-2 text-xs font-medium text-muted',
  'hover:bg-hover selected:border-accent selected:bg-accent-soft selected:text-accent-ink disabled:cursor-default',
].join(' ')

/** What the values of the file said. */
function ColumnNote({ evidence }: { evidence: ColumnEvidence | undefined }): ReactElement {
  if (!evidence) return <p className="min-h-4 text-xs text-warning">Not in this file</p>
  const { empty, misfit, misfitExamples, distinct } = evidence
  return (
    <p className="figures min-h-4 text-xs text-muted">
      {misfit > 0 ? (
        <span className="text-negative" title={misfitExamples.join(', ')}>
          {share(misfit)} do not fit: <bdi>{misfitExamples[0]}</bdi>
        </span>
      ) : (
        `${formatNumber(distinct, 'integer')}${distinct >= 5000 ? '+' : ''} different${empty > 0 ? ` · ${share(empty)} empty` : ''}`
      )}
    </p>
  )
}

const share = (value: number) => (value < 0.001 ? '< 0.1 %' : `${(value * 100).toFixed(value < 0.1 ? 1 : 0)} %`)
