import type { ChartKind } from './chart-spec.ts'

// Not beside the schema: who only looks at a board does not load what checks one.
const STATIC_KINDS: readonly ChartKind[] = ['text', 'image', 'embed']

/** Whether a kind is drawn from no figures. */
export const isStatic = (kind: ChartKind) => STATIC_KINDS.includes(kind)
