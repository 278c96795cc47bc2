import type { ReactElement } from 'react'
import { Labelled } from '../../ui/labelled.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { INTERVALS } from '../upload-words.ts'

export interface AddressDraft {
  readonly url: string
  readonly everyMinutes: number
  /** One in each line, as `Name: value`. */
  readonly headers: string
}

export const NO_ADDRESS: AddressDraft = { url: '', everyMinutes: 30, headers: '' }

interface Props {
  readonly draft: AddressDraft
  /** Those that are kept and not shown. */
  readonly keptHeaders?: readonly string[]
  readonly onChange: (draft: AddressDraft) => void
}

export function AddressFields({ draft, keptHeaders = [], onChange }: Props): ReactElement {
  const intervals = INTERVALS.some(({ id }) => id === String(draft.everyMinutes))
    ? INTERVALS
    : [...INTERVALS, { id: String(draft.everyMinutes), label: `Every ${draft.everyMinutes} minutes` }]
  return (
    <>
      <TextField
        label="Address"
        type="url"
        placeholder="https://example.com/sales.csv"
        value={draft.url}
        onChange={(url) => onChange({ ...draft, url })}
        validate={(text) =>
          text === '' ||
          /^https?:\/\/[^/]+/i.test(text.trim()) ||
          'Expected an address such as https://example.com/sales.csv.'
        }
        maxLength={4000}
        isRequired
      />
      <Labelled label="How often it is fetched">
        <Select
          label="How often it is fetched"
          value={String(draft.everyMinutes)}
          options={intervals}
          onChange={(minutes) => onChange({ ...draft, everyMinutes: Number(minutes) })}
        />
      </Labelled>
      <TextField
        label="Headers of the request"
        description={
          keptHeaders.length > 0
            ? `Kept as they are while this is empty: ${keptHeaders.join(', ')}.`
            : 'Only where the address wants them, one in each line. They are kept encrypted and never shown.'
        }
        placeholder="Authorization: Bearer …"
        rows={2}
        value={draft.headers}
        onChange={(headers) => onChange({ ...draft, headers })}
        validate={(text) =>
          linesOf(text).every((line) => /^[A-Za-z0-9-]+\s*:/.test(line)) ||
          'Expected a header in each line, such as Authorization: Bearer …'
        }
      />
    </>
  )
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Undefined where none were written. */
export function headersOf({ headers }: AddressDraft): Record<string, string> | undefined {
  const lines = linesOf(headers)
  if (lines.length === 0) return undefined
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
    }),
  )
}
