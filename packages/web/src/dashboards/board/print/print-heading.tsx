import { formatClock, formatRange } from '@almanac/core/charts/format/format-time.ts'
import type { ReactElement } from 'react'
import { COMPARISON_WORDS } from '../../toolbar/comparison-words.ts'
import { filterWords, valueWords } from '../../toolbar/value-words.ts'
import { useBoard } from '../board-context.ts'

/** On paper, where no control says it: the range, the comparison and all that the figures are filtered by. */
export function PrintHeading({ asOf }: { asOf: string | undefined }): ReactElement {
  const { board, choice, labelOf } = useBoard()
  const { scope, range, rangeName } = choice
  const filters = scope.filters.map((filter) => {
    const { name, operator, values } = filterWords(filter, labelOf)
    return [name, operator, values].filter(Boolean).join(' ')
  })
  const variables = board.variables.map(({ name, label, dimension }) => {
    const values = (scope.variables[name] ?? []).map((value) => valueWords(dimension, value))
    return `${label}: ${values.length > 0 ? values.join(', ') : 'all'}`
  })
  const compared = scope.compare.map((one) => COMPARISON_WORDS[one.with].toLowerCase())
  const lines = [
    [rangeName, formatRange(range), scope.timezone].filter(Boolean).join(', '),
    compared.length > 0 ? `Compared with ${compared.join(', ')}` : '',
    [...variables, ...filters].join('; '),
    asOf ? `As of ${formatClock(Temporal.Instant.from(asOf), scope.timezone)}` : '',
  ]
  return (
    <div className="hidden text-muted print:block">
      {lines.filter(Boolean).map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  )
}
