import { AppError } from '@almanac/core/errors.ts'

/** Whether a system call failed because the disk or the quota is used up; such a failure heals when space is freed. */
export function isNoSpace(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  return code === 'ENOSPC' || code === 'EDQUOT'
}

export function diskFull(directory: string, neededBytes: number, freeBytes: number, cause?: unknown): AppError {
  return new AppError(
    'disk_full',
    `The event log in ${directory} needs ${megabytes(neededBytes)} of free disk, and ${megabytes(freeBytes)} are free`,
    { hint: 'Free some space or enlarge the disk: the log goes on by itself, send the events again then.', cause },
  )
}

/** What kept a log from opening. Errors that are no system calls' are passed on as they are. */
export function unusable(directory: string, freeBytes: number, cause: unknown): unknown {
  if (isNoSpace(cause)) return diskFull(directory, 1, freeBytes, cause)
  if (!(cause instanceof Error && 'syscall' in cause)) return cause
  return new AppError('invalid_config', `The event log in ${directory} can't be opened: ${cause.message}`, {
    hint: 'Check that the directory and its files belong to the user that runs the server and can be written.',
    cause,
  })
}

export function unwritable(directory: string, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new AppError('overloaded', `The event log in ${directory} can't be written: ${reason}`, {
    hint: 'Check the disk. The log tries again by itself; send the events again.',
    cause,
  })
}

export function ingestTooFarBehind(lagBytes: number, maxLagBytes: number): AppError {
  return new AppError(
    'overloaded',
    `Ingest is ${megabytes(lagBytes)} behind the event log, more than the ${megabytes(maxLagBytes)} allowed`,
    { hint: 'Check that ClickHouse is up and send the events again later.' },
  )
}

export function tooManyWaiting(waitingBytes: number): AppError {
  return new AppError('overloaded', `${megabytes(waitingBytes)} of events wait to be written to the event log`, {
    hint: 'Send the events again in a moment, or more slowly.',
  })
}

export function frameTooLarge(payloadBytes: number, maxFrameBytes: number): AppError {
  return new AppError('too_large', `expected at most ${maxFrameBytes} bytes, got ${payloadBytes}`, {
    hint: 'Send fewer or smaller events at a time.',
  })
}

export function logClosed(directory: string): AppError {
  return new AppError('overloaded', `The event log in ${directory} is closed`, {
    hint: 'The server is stopping; send the events again when it is back.',
  })
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
