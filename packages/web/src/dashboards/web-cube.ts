import type { DimensionType } from '@almanac/core/cubes/cube.ts'
import type { Measure } from '@almanac/core/cubes/measure.ts'

/**
 * What the overview shows of the cube `web`. Its definition is not for the browser: the checks of all definitions would come
 * with it. A test compares the two.
 */
export const WEB_CUBE = {
  name: 'web',
  label: 'Web',
  measures: {
    hits: { label: 'Hits', format: 'integer', better: 'higher' },
    visitors: { label: 'Visitors', format: 'integer', better: 'higher' },
    bytes: { label: 'Bytes sent', format: 'bytes', better: 'higher' },
    errors: { label: 'Errors', format: 'integer', better: 'lower' },
  },
  dimensions: {
    path: { label: 'Page', type: 'string' },
    referrer: { label: 'Referrer', type: 'string' },
    country: { label: 'Country', type: 'string' },
    browser: { label: 'Browser', type: 'string' },
    status: { label: 'Status', type: 'number' },
    source: { label: 'Source', type: 'string' },
  },
} as const satisfies {
  readonly name: string
  readonly label: string
  readonly measures: Readonly<Record<string, Pick<Measure, 'label' | 'format' | 'better'>>>
  readonly dimensions: Readonly<Record<string, { readonly label: string; readonly type: DimensionType }>>
}
