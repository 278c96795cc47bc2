/** The stretch of time whose events have changed, as the server says it. */
export interface Change {
  readonly cubes: readonly string[]
  readonly from: string
  readonly to: string
}

/** What is to be known of a question; the keys of `api/widget-answers.ts` fit. */
interface Question {
  /** Absent: a statement in SQL, which may read anything. */
  readonly cube?: string
  readonly from: string
  readonly to: string
  /** The widget's own, such as `7d`: where it lies is known to the server only. */
  readonly range?: string
  readonly compare?: readonly unknown[] | undefined
}

/** Whether an answer could be another one after the change: what is compared lies earlier, nobody here knows where. */
export function isTouched(questions: readonly Question[], change: Change): boolean {
  return questions.some(({ cube, from, to, range, compare = [] }) => {
    if (cube !== undefined && !change.cubes.includes(cube)) return false
    if (range !== undefined) return true
    return (compare.length > 0 || epochMs(from) <= epochMs(change.to)) && epochMs(change.from) < epochMs(to)
  })
}

const epochMs = (moment: string) => Temporal.Instant.from(moment).epochMilliseconds
