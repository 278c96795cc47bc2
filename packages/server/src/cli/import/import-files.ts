import { AppError } from '@almanac/core/errors.ts'
import type { PlaceOf } from '../../collect/place/places.ts'
import { openTextSource } from '../../collect/read/text-source.ts'
import { caughtUp } from './catch-up.ts'
import type { Claim } from './claim.ts'
import { createImportApi, type ImportApi, type ServerAddress } from './import-api.ts'
import { type FileTally, type ImportOptions, importFile, REASONS_SHOWN } from './import-file.ts'
import { type FileReport, failedReport, reportOf } from './report/file-report.ts'
import type { Progress } from './report/progress.ts'

export interface ImportFilesDeps {
  readonly stdin: AsyncIterable<Buffer>
  readonly claim: (name: string) => Promise<Claim | undefined>
  readonly placeOf: PlaceOf
  readonly progress: Progress
  /** Aborted when the user stops the command. */
  readonly signal: AbortSignal
  readonly nowMs: () => number
  readonly patience: Patience
}

/** How long is waited for a server that cannot take anything at the moment. */
export interface Patience {
  readonly firstRetryMs: number
  readonly pollMs: number
  readonly giveUpAfterMs: number
}

/**
 * Imports files one after the other. A file that cannot be read is in the report with its error and does not keep the
 * others out. Ingest runs behind: the next file is sent while the last one's lines are stored, and counted at the end.
 */
export async function importFiles(
  files: readonly string[],
  options: ImportOptions,
  server: ServerAddress,
  deps: ImportFilesDeps,
): Promise<FileReport[]> {
  const { progress, signal, patience } = deps
  const { giveUpAfterMs, pollMs } = patience
  const onWait = (reason: string) => progress.note(`waiting: ${reason}`)
  const api = createImportApi(server, { signal, firstDelayMs: patience.firstRetryMs, giveUpAfterMs, onWait })
  const onPending = (pendingBytes: number) => progress.pending(pendingBytes)
  const settled = (importId: string) => caughtUp(api, importId, { signal, pollMs, giveUpAfterMs, onPending })

  const sent: SentFile[] = []
  for (const file of files) {
    // A server that was waited for in vain is not waited for again, file by file.
    const lost = sent.at(-1)?.failure
    sent.push(isLost(lost) ? { file, failure: lost } : await sendFile(file, options, api, settled, deps))
  }
  const isGone = isLost(sent.at(-1)?.failure)
  const reports: FileReport[] = []
  for (const one of sent) reports.push(await finalReport(one, api, isGone ? NOT_COUNTED : settled, signal))
  return reports
}

interface SentFile {
  readonly file: string
  /** Absent when nothing of the file was sent. */
  readonly tally?: FileTally
  readonly failure: unknown
}

const NOT_COUNTED: Settled = () =>
  Promise.reject(new AppError('engine_unavailable', 'The server is not there to count'))

function isLost(failure: unknown): failure is AppError {
  return failure instanceof AppError && failure.code === 'engine_unavailable'
}

type Settled = (importId: string) => ReturnType<ImportApi['state']>

async function sendFile(
  file: string,
  options: ImportOptions,
  api: ImportApi,
  settled: Settled,
  { stdin, claim, placeOf, progress, signal, nowMs }: ImportFilesDeps,
): Promise<SentFile> {
  try {
    const source = await openTextSource(file, stdin)
    try {
      progress.start(source.name, source.sizeBytes)
      const deps = { api, claim, placeOf, nowMs: nowMs(), caughtUp: settled, onProgress: progress.update }
      const tally = await importFile(source, options, deps)
      signal.throwIfAborted()
      return { file, tally, failure: tally.failure }
    } finally {
      await source.close()
    }
  } catch (failure) {
    signal.throwIfAborted()
    return { file, failure }
  }
}

async function finalReport(
  { file, tally, failure }: SentFile,
  api: ImportApi,
  settled: Settled,
  signal: AbortSignal,
): Promise<FileReport> {
  if (!tally) return failedReport(file, failure)
  try {
    const report = reportOf(file, tally, await settled(tally.importId))
    // What the database refused is known to the server alone.
    const isAllKnown = report.quarantined <= tally.rejectedLines || report.reasons.length >= REASONS_SHOWN
    return isAllKnown ? report : { ...report, reasons: await api.quarantined(tally.importId, REASONS_SHOWN) }
  } catch (error) {
    signal.throwIfAborted()
    // Sent, but not counted: so nothing of it is accounted for.
    return reportOf(file, { ...tally, failure: tally.failure ?? error }, tally.before)
  }
}
