import { AppError } from '@almanac/core/errors.ts'

/** Where commands write: results to `stdout`, everything about them to `stderr`, so that a pipe gets results alone. */
export interface Output {
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
}

/** What went wrong, as people read it: the sentence, every single problem, and what can be done. */
export function errorText(error: unknown): string {
  if (!(error instanceof AppError)) {
    return `error: something went wrong that nobody expected\n${error instanceof Error ? error.stack : String(error)}\n`
  }
  const issues = error.issues.map(({ path, message }) => `  ${[...path, message].join(': ')}\n`)
  return `error: ${error.message}\n${issues.join('')}${error.hint === undefined ? '' : `hint: ${error.hint}\n`}`
}
