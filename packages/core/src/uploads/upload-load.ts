/** `replace`: the rows of the file instead of those before; `append`: beside them; `upsert`: by the key columns. */
export const LOAD_MODES = ['replace', 'append', 'upsert'] as const
export type LoadMode = (typeof LOAD_MODES)[number]

/** How the rows came: a file that was sent, one that was fetched from an address, or rows that another program has pushed. */
export const UPLOAD_ORIGINS = ['file', 'url', 'rows'] as const

export const LOAD_STATES = ['running', 'done', 'failed'] as const

/** A place in a file where something did not fit. Without a column it is the whole row, which was left out. */
export interface Misfit {
  /** 0 is the file as a whole. */
  readonly line: number
  readonly column?: string
  readonly value: string
  readonly reason: string
}

/** What became of the rows of a file. */
export interface LoadFigures {
  readonly rowsRead: number
  readonly rowsStored: number
  readonly rowsLeftOut: number
  readonly cellsEmptied: number
  readonly misfits: readonly Misfit[]
}

/** A file on its way into the table of its upload. */
export interface FileLoad extends LoadFigures {
  readonly id: number
  readonly fileName: string
  readonly origin: (typeof UPLOAD_ORIGINS)[number]
  readonly sizeBytes: number
  readonly mode: LoadMode
  readonly state: (typeof LOAD_STATES)[number]
  readonly problem: string | null
}
