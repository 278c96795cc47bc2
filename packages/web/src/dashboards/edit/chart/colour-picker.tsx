import type { ReactElement } from 'react'
import { Button } from 'react-aria-components'
import { useChartTheme } from '../../../widgets/chart/use-chart-theme.ts'

interface Props {
  readonly label: string
  /** A place in the palette, from 1 on; `undefined` is the next one that is free. */
  readonly value: number | undefined
  readonly onChange: (value: number | undefined) => void
}

/** One of the colours of the palette, which go with the theme. */
export function ColourPicker({ label, value, onChange }: Props): ReactElement {
  const { series } = useChartTheme()
  return (
    <fieldset aria-label={`Colour of ${label}`} className="flex min-w-0 flex-col gap-0.5">
      <span title={label} className="truncate">
        <bdi>{label}</bdi>
      </span>
      <div className="-ml-1 flex">
        {series.map((colour, index) => {
          const place = index + 1
          const isChosen = place === value
          return (
            <Button
              key={colour}
              aria-label={`Colour ${place}`}
              aria-pressed={isChosen}
              onPress={() => onChange(isChosen ? undefined : place)}
              className="grid size-7 place-items-center rounded-sm hover:bg-hover"
            >
              <span
                className={`rounded-full forced-color-adjust-none ${isChosen ? 'size-3.5 ring-2 ring-ink ring-offset-1 ring-offset-surface' : 'size-3'}`}
                style={{ background: colour }}
              />
            </Button>
          )
        })}
      </div>
    </fieldset>
  )
}
