import { UPLOAD_TYPES, UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import { LOAD_MODES, LOAD_STATES, UPLOAD_ORIGINS } from '@almanac/core/uploads/upload-load.ts'
import { z } from 'zod'
import type { StoredRefresh } from '../../../uploads/refresh/refresh-store.ts'
import type { StoredLoad, UploadFile } from '../../../uploads/store/upload-store.ts'
import type { FoundUpload, ListedUpload } from '../../../uploads/uploads.ts'

/** Uploads as the interface tells of them. */

export const FileAnswer = z.object({
  id: z.uuid(),
  fileName: z.string(),
  sizeBytes: z.number(),
  origin: z.enum(UPLOAD_ORIGINS),
  receivedBy: z.string(),
  receivedAt: z.iso.datetime(),
})

export const LoadAnswer = z.object({
  id: z.number(),
  file: z.uuid(),
  fileName: z.string(),
  origin: z.enum(UPLOAD_ORIGINS),
  sizeBytes: z.number(),
  mode: z.enum(LOAD_MODES),
  state: z.enum(LOAD_STATES),
  rowsRead: z.number(),
  rowsStored: z.number(),
  rowsLeftOut: z.number().describe('Rows that are not in the table; the first of them stand in misfits.'),
  cellsEmptied: z.number().describe('Values that were not of their type, and are empty.'),
  misfits: z
    .array(z.object({ line: z.number(), column: z.string().optional(), value: z.string(), reason: z.string() }))
    .describe('The first 1000 with their lines. Line 0 is the file as a whole.'),
  problem: z.string().nullable(),
  startedBy: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
})

const RefreshAnswer = z.object({
  url: z.string(),
  everyMinutes: z.number(),
  headerNames: z.array(z.string()).describe('Their values are never shown.'),
  nextAt: z.iso.datetime(),
  lastAt: z.iso.datetime().nullable(),
  lastResult: z.enum(['changed', 'same', 'failed']).nullable(),
  problem: z.string().nullable(),
  failures: z.number().describe('One after the other.'),
})

export const UploadAnswer = z.object({
  name: z.string().describe('Of the cube and of the table for SQL, too.'),
  label: z.string(),
  isDefined: z.boolean().describe('Whether somebody has confirmed how its files are read.'),
  isHidden: z.boolean().describe('A cube of the workspace has the same name, and is shown instead.'),
  rows: z.number().nullable(),
  mode: z.enum(LOAD_MODES).describe('What the next file does, unless it says otherwise.'),
  keys: z.array(z.string()),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  lastLoad: LoadAnswer.omit({ misfits: true }).nullable(),
  refresh: RefreshAnswer.nullable(),
})

export const WholeUploadAnswer = UploadAnswer.extend({
  definition: UploadDefinition.nullable(),
  times: z
    .object({ first: z.iso.datetime(), last: z.iso.datetime() })
    .nullable()
    .describe('Of the first and of the last row.'),
  loads: z.array(LoadAnswer),
  files: z.array(FileAnswer),
})

const Column = z.object({
  empty: z.number(),
  misfit: z.number(),
  misfitExamples: z.array(z.string()),
  distinct: z.number(),
  examples: z.array(z.string()),
})

export const ProposalAnswer = z
  .object({
    format: z.object({
      kind: z.enum(['csv', 'json', 'excel', 'parquet']),
      text: z.string(),
      sheet: z.string().optional(),
      sheets: z.array(z.string()).optional(),
    }),
    definition: UploadDefinition,
    evidence: z.array(Column).describe('Of each column, in the order of the definition. Shares are from 0 to 1.'),
    sample: z.array(z.array(z.string())),
    rowsExamined: z.number(),
    isWhole: z.boolean(),
    questions: z
      .array(z.object({ column: z.string().optional(), text: z.string() }))
      .describe('What the file does not say for sure.'),
  })
  .describe(`What was found in the file. Types are ${UPLOAD_TYPES.join(', ')}.`)

const iso = (date: Date) => date.toISOString()

export function fileAnswer({
  id,
  fileName,
  sizeBytes,
  origin,
  receivedBy,
  receivedAt,
}: UploadFile): z.output<typeof FileAnswer> {
  return { id, fileName, sizeBytes, origin, receivedBy, receivedAt: iso(receivedAt) }
}

export function loadAnswer({
  fileId,
  tableVersion: _,
  misfits,
  startedAt,
  finishedAt,
  ...load
}: StoredLoad): z.output<typeof LoadAnswer> {
  return {
    ...load,
    file: fileId,
    misfits: misfits.map((misfit) => ({ ...misfit })),
    startedAt: iso(startedAt),
    finishedAt: finishedAt && iso(finishedAt),
  }
}

export function uploadAnswer(upload: ListedUpload, refresh: StoredRefresh | undefined): z.output<typeof UploadAnswer> {
  const { name, label, definition, mode, isHidden, rows = null, createdAt, updatedAt, lastLoad } = upload
  return {
    name,
    label,
    isDefined: definition !== null,
    isHidden,
    rows,
    mode,
    keys: [...(definition?.keys ?? [])],
    createdAt: iso(createdAt),
    updatedAt: iso(updatedAt),
    lastLoad: lastLoad ? loadAnswer(lastLoad) : null,
    refresh: refresh ? refreshAnswer(refresh) : null,
  }
}

export function wholeUploadAnswer(
  upload: FoundUpload,
  refresh: StoredRefresh | undefined,
): z.output<typeof WholeUploadAnswer> {
  return {
    ...uploadAnswer(upload, refresh),
    definition: upload.definition,
    times: upload.times ? { first: iso(upload.times.first), last: iso(upload.times.last) } : null,
    loads: upload.loads.map(loadAnswer),
    files: upload.files.map(fileAnswer),
  }
}

function refreshAnswer({
  url,
  everyMinutes,
  headerNames,
  nextAt,
  lastAt,
  lastResult,
  problem,
  failures,
}: StoredRefresh): z.output<typeof RefreshAnswer> {
  return {
    url,
    everyMinutes,
    headerNames: [...headerNames],
    nextAt: iso(nextAt),
    lastAt: lastAt && iso(lastAt),
    lastResult,
    problem,
    failures,
  }
}
