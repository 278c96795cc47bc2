const HOURS = /^(\d{1,2})-(\d{1,2})$/

/** Whether it is a text such as `20-7`: from one hour of the day until another. */
export function isNightHours(text: string): boolean {
  return hoursOf(text) !== undefined
}

/** Whether the hour lies in the night, which may go over midnight. The hour at which it ends is day. */
export function isNight(text: string | undefined, hour: number): boolean {
  const hours = text === undefined ? undefined : hoursOf(text)
  if (!hours) return false
  const { from, to } = hours
  return from < to ? hour >= from && hour < to : hour >= from || hour < to
}

function hoursOf(text: string): { readonly from: number; readonly to: number } | undefined {
  const [, from, to] = HOURS.exec(text)?.map(Number) ?? []
  if (from === undefined || to === undefined || from > 23 || to > 24 || from === to) return undefined
  return { from, to }
}
