import { randomUUID } from 'node:crypto'
import { SourceSettings } from '@almanac/core/sources/source-settings.ts'
import type { PlaceOf } from '../../collect/place/places.ts'
import { compilePolicy } from '../../collect/policy/source-policy.ts'
import type { TextSource } from '../../collect/read/text-source.ts'
import type { Claim } from './claim.ts'
import type { ImportApi, ImportState, OpenedImport } from './import-api.ts'
import { type ChosenFormat, chooseFormat, type FormatChoice } from './read/choose-format.ts'
import { importChunks, MAX_CHUNK_LINES } from './read/chunks.ts'
import { addedCounts, countOf, type FilteredCounts } from './read/filtered-counts.ts'
import { fingerprintOf } from './read/fingerprint.ts'
import { createLineEncoder } from './read/line-encoder.ts'
import { readFrom } from './read/read-from.ts'

/** What is the same for all files of one command. */
export interface ImportOptions {
  readonly format: FormatChoice
  readonly source: string
  readonly environment: 'production' | 'sandbox'
  readonly identity: 'stable' | 'daily'
  readonly stream: string
  /** Hosts of the site; empty: those that the source knows. */
  readonly site: readonly string[]
}

/** What became of one file: what we read, and what the server had counted for it before. */
export interface FileTally {
  readonly importId: string
  readonly before: ImportState
  /** Lines that were read and sent by an earlier run, and so not by this one. */
  readonly linesBefore: number
  /** Filtered ones among them. */
  readLines: number
  emptyLines: number
  /** Left out by the source's settings. */
  filtered: FilteredCounts
  /** How many lines may have come to the log twice, and how many of them were rejected ones. */
  maybeTwice: number
  maybeTwiceRejected: number
  rejectedLines: number
  /** The first few. */
  readonly reasons: { readonly line: number; readonly reason: string }[]
  /** Why reading ended before the end of the file. */
  failure: unknown
}

export interface ImportFileDeps {
  readonly api: ImportApi
  /** Makes this process the one that works on the import of that name; `undefined` when another one does. */
  readonly claim: (name: string) => Promise<Claim | undefined>
  readonly placeOf: PlaceOf
  readonly nowMs: number
  /** Resolves when ingest has passed what was sent for this import. */
  readonly caughtUp: (importId: string) => Promise<ImportState>
  readonly onProgress: (progress: { readonly readBytes: number; readonly lines: number }) => void
}

export const REASONS_SHOWN = 10

/** Sends all lines of a file, and resolves when all are acknowledged: then they are on the server's disk. */
export async function importFile(source: TextSource, options: ImportOptions, deps: ImportFileDeps): Promise<FileTally> {
  const chosen = chooseFormat(options.format, source, { nowMs: deps.nowMs, environment: options.environment })
  const fingerprint = fingerprintOf(source)
  await using claim = fingerprint === undefined ? undefined : await deps.claim(fingerprint)
  const opened = await openImport(source, options, chosen, claim && fingerprint, deps.api)
  const { state } = opened
  const tally: FileTally = {
    importId: state.id,
    // What an earlier run has sent is to be counted before, not as ours.
    before: await deps.caughtUp(state.id),
    linesBefore: state.acknowledgedLines,
    readLines: 0,
    emptyLines: 0,
    filtered: {},
    // The earlier run may have died while a chunk was under way.
    maybeTwice: state.acknowledgedLines > 0 ? MAX_CHUNK_LINES : 0,
    maybeTwiceRejected: state.acknowledgedLines > 0 ? MAX_CHUNK_LINES : 0,
    rejectedLines: 0,
    reasons: [],
    failure: undefined,
  }
  try {
    await sendLines(source, options, chosen, deps, opened, tally)
    await deps.api.finish(state.id)
  } catch (error) {
    tally.failure = error
  }
  return tally
}

/**
 * The unfinished import of this file, to go on with, or a new one. A finished import is not gone on with: whoever reads its
 * file again wants to know that all of it is there, and a position proves nothing. So its lines are sent again, and ids
 * tell that they are there already. Without a fingerprint it is a new one in any case.
 */
function openImport(
  source: TextSource,
  options: ImportOptions,
  { name }: ChosenFormat,
  fingerprint: string | undefined,
  api: ImportApi,
): Promise<OpenedImport> {
  const { format, source: sourceName, environment, identity, stream, site } = options
  return api.open({
    source: sourceName,
    format: name,
    fileName: source.name.slice(0, 1000),
    fingerprint: fingerprint ?? randomUUID(),
    options: {
      environment,
      identity,
      stream,
      ...(site.length > 0 && { site: [...site] }),
      ...(typeof format === 'object' && { regex: format.pattern }),
    },
  })
}

async function sendLines(
  source: TextSource,
  { source: sourceName, environment, identity, stream }: ImportOptions,
  { format }: ChosenFormat,
  { api, placeOf, nowMs, onProgress }: ImportFileDeps,
  { state, identityKey, rules }: OpenedImport,
  tally: FileTally,
): Promise<void> {
  const encoder = createLineEncoder({
    format,
    scope: { source: sourceName, environment, stream, identityKey },
    identity,
    policy: compilePolicy(SourceSettings.parse(rules)),
    saltsOf: (days) => api.salts(state.id, days),
    placeOf,
    fileName: source.name,
    nowMs,
  })
  const position = { bytes: state.acknowledgedBytes, lines: state.acknowledgedLines }

  // One chunk is on its way while the next is made, and no more: so what is acknowledged never has a gap.
  let underWay: Promise<void> = Promise.resolve()
  try {
    for await (const chunk of importChunks(readFrom(source, position, encoder), encoder)) {
      await underWay
      underWay = send(chunk)
      // It is awaited in a moment; until then a failure must not count as one that nobody handles.
      underWay.catch(() => {})
    }
  } finally {
    await underWay
  }

  async function send(chunk: Parameters<ImportApi['send']>[1]): Promise<void> {
    if (chunk.lines > 0) {
      const { mayBeTwice } = await api.send(state.id, chunk)
      if (mayBeTwice) {
        tally.maybeTwice += chunk.lines
        tally.maybeTwiceRejected += chunk.rejected.length
      }
    }
    tally.readLines += chunk.lines + countOf(chunk.filtered)
    tally.filtered = addedCounts(tally.filtered, chunk.filtered)
    tally.emptyLines += chunk.emptyLines
    tally.rejectedLines += chunk.rejected.length
    tally.reasons.push(...chunk.rejected.slice(0, REASONS_SHOWN - tally.reasons.length))
    onProgress({ readBytes: source.readBytes(), lines: tally.readLines })
  }
}
