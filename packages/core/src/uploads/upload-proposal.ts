import type { UploadDefinition } from './upload-definition.ts'

/** What was found in a file, for a person to look at and change. */
export interface UploadProposal {
  readonly format: UploadFormat
  readonly definition: UploadDefinition
  /** In the order of the definition's. */
  readonly evidence: readonly ColumnEvidence[]
  /** The first rows, as texts. */
  readonly sample: readonly (readonly string[])[]
  readonly rowsExamined: number
  /** Whether these were all. */
  readonly isWhole: boolean
  /** What the file does not say for sure, and somebody should look at. */
  readonly questions: readonly UploadQuestion[]
}

export interface UploadFormat {
  readonly kind: 'csv' | 'json' | 'excel' | 'parquet'
  /** For people: "CSV, separated by semicolons, Windows-1252". */
  readonly text: string
  /** Of an Excel file. */
  readonly sheet?: string
  readonly sheets?: readonly string[]
}

/** Shares are of the rows that were looked at, from 0 to 1. */
export interface ColumnEvidence {
  readonly empty: number
  /** Values that are not of the proposed type: they would stay empty. */
  readonly misfit: number
  readonly misfitExamples: readonly string[]
  /** Different values; the count stops at a few thousand. */
  readonly distinct: number
  readonly examples: readonly string[]
}

export interface UploadQuestion {
  /** By name; absent where it is about the whole file. */
  readonly column?: string
  readonly text: string
}
