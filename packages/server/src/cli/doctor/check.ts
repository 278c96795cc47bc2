import { AppError } from '@almanac/core/errors.ts'

export interface Finding {
  readonly state: 'ok' | 'warn' | 'fail'
  /** What is so, in a sentence without an end mark. */
  readonly words: string
  readonly whatToDo?: string | undefined
}

export interface Check {
  readonly name: string
  readonly run: () => Promise<Finding> | Finding
}

export interface NamedFinding extends Finding {
  readonly name: string
}

export const ok = (words: string): Finding => ({ state: 'ok', words })
export const warn = (words: string, whatToDo: string): Finding => ({ state: 'warn', words, whatToDo })
export const fail = (words: string, whatToDo: string): Finding => ({ state: 'fail', words, whatToDo })

/** One after the other; a check that cannot be made is a failure of its own, with the reason. */
export async function runChecks(checks: readonly Check[]): Promise<NamedFinding[]> {
  const findings: NamedFinding[] = []
  for (const { name, run } of checks) {
    try {
      findings.push({ name, ...(await run()) })
    } catch (error) {
      findings.push({ name, ...failureOf(error) })
    }
  }
  return findings
}

export function failureOf(error: unknown): Finding {
  const words = error instanceof Error ? error.message : String(error)
  return { state: 'fail', words, whatToDo: error instanceof AppError ? error.hint : undefined }
}
