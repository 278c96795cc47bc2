import type { UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import type { UploadProposal } from '@almanac/core/uploads/upload-proposal.ts'
import { CircleHelp } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ProposalChoices } from '../../api/uploads.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Labelled } from '../../ui/labelled.tsx'
import { SearchSelect } from '../../ui/search-select.tsx'
import { Select } from '../../ui/select.tsx'
import { ColumnTable } from './column-table.tsx'
import { KeyColumns } from './key-columns.tsx'
import { MeasureList } from './measure-list.tsx'

interface Props {
  readonly definition: UploadDefinition
  readonly proposal: UploadProposal
  readonly onChange: (definition: UploadDefinition) => void
  /** Reads the file in another way; absent where its columns are settled. */
  readonly onChoose: ((choices: ProposalChoices) => void) | undefined
}

/** The columns with their types over the first rows, which of them says when, and what is counted. */
export function DefinitionEditor({ definition, proposal, onChange, onChoose }: Props): ReactElement {
  return (
    <>
      {onChoose && <Questions proposal={proposal} definition={definition} />}
      <section aria-label="How the file is read" className="card flex flex-wrap items-end gap-x-6 gap-y-4 p-4">
        <TimeSelect definition={definition} onChange={onChange} />
        <Labelled label="Time zone">
          <SearchSelect
            label="Time zone"
            value={definition.timezone}
            valueLabel={definition.timezone}
            options={() => ZONES().map((id) => ({ id, label: id }))}
            onChange={(timezone) => onChange({ ...definition, timezone })}
          />
        </Labelled>
        {onChoose && proposal.format.sheets && proposal.format.sheets.length > 1 && (
          <Labelled label="Sheet">
            <Select
              label="Sheet"
              value={proposal.format.sheet ?? ''}
              options={proposal.format.sheets.map((sheet) => ({ id: sheet, label: sheet }))}
              onChange={(sheet) => onChoose({ sheet })}
            />
          </Labelled>
        )}
        {onChoose && (proposal.format.kind === 'csv' || proposal.format.kind === 'excel') && (
          <span className="flex h-8 items-center">
            <Checkbox
              label="The first row names the columns"
              isSelected={definition.hasHeader}
              onChange={(hasHeader) => onChoose({ hasHeader })}
            />
          </span>
        )}
      </section>
      <ColumnTable definition={definition} proposal={proposal} onChange={onChange} />
      <div className="grid gap-4 lg:grid-cols-[3fr_2fr]">
        <MeasureList definition={definition} onChange={onChange} />
        <KeyColumns definition={definition} onChange={onChange} />
      </div>
    </>
  )
}

const ZONES = () => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
const NO_TIME = ''

function TimeSelect({ definition, onChange }: Pick<Props, 'definition' | 'onChange'>): ReactElement {
  const times = definition.columns.filter(({ type, isLeftOut }) => !isLeftOut && (type === 'date' || type === 'time'))
  return (
    <Labelled label="When it happened">
      <Select
        label="When it happened"
        value={definition.time ?? NO_TIME}
        options={[
          ...times.map(({ name, label }) => ({ id: name, label })),
          { id: NO_TIME, label: 'When the file came' },
        ]}
        onChange={(time) => onChange({ ...definition, time: time === NO_TIME ? null : time })}
      />
    </Labelled>
  )
}

function Questions({ proposal, definition }: Pick<Props, 'proposal' | 'definition'>): ReactElement | null {
  const labelOf = (name: string | undefined) => definition.columns.find((column) => column.name === name)?.label
  if (proposal.questions.length === 0) return null
  return (
    <ul className="flex flex-col gap-1.5 rounded-lg bg-warning-soft px-4 py-3 text-warning">
      {proposal.questions.map(({ column, text }) => (
        <li key={`${column} ${text}`} className="flex items-start gap-2">
          <CircleHelp size={16} aria-hidden className="mt-0.5 shrink-0" />
          <span className="min-w-0 text-pretty">
            {column !== undefined && <bdi className="font-medium">{labelOf(column) ?? column}: </bdi>}
            {text}
          </span>
        </li>
      ))}
    </ul>
  )
}
