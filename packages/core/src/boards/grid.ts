/**
 * Columns of 24, rows of 36 pixels with gaps of 12. In a file of its own: who only looks at boards does not load the schemas of
 * `board.ts`.
 */
export const GRID = { columns: 24, rowPx: 36, gapPx: 12 } as const
