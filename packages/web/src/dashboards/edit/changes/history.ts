/** What was, what is and what was taken back: undo and redo as data. */
export interface History<T> {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
  /** Of the last change. Changes of the same step that follow at once join it: a word is typed in one. */
  readonly step: Step | undefined
}

interface Step {
  readonly name: string
  readonly atMs: number
}

/** Whoever waits longer begins something new. */
const PAUSE_MS = 1000

const MOST_STEPS = 200

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [], step: undefined }
}

/** A change to `next`. Without a `step` it is one of its own. */
export function changeTo<T>(history: History<T>, next: T, step?: Step): History<T> {
  if (next === history.present) return history
  const last = history.step
  const joins = step !== undefined && step.name === last?.name && step.atMs - last.atMs < PAUSE_MS
  const past = joins ? history.past : [...history.past, history.present].slice(-MOST_STEPS)
  return { past, present: next, future: [], step }
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    step: undefined,
  }
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future
  if (next === undefined) return history
  return { past: [...history.past, history.present], present: next, future, step: undefined }
}
