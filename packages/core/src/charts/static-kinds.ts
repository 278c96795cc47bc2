import type { ChartKind } from './chart-spec.ts'

// Not beside the schema: who only looks at a board does not load what checks one.
/** Kinds that are drawn from no figures. */
export const STATIC_KINDS = ['text', 'image', 'embed'] as const satisfies readonly ChartKind[]
