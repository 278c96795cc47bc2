/**
 * What went wrong, without the value that it went wrong with: so that one mistake is one line of a list however many values
 * it was made with, and nothing of what somebody sent stands in it.
 */
export function healthReason(message: string): string {
  const kind = message
    .replace(/\s+/g, ' ')
    .replace(/, (got|received) .*$/, '')
    .replace(/(could not be understood): .*$/, '$1')
    .replace(/(The body is not JSON): .*$/, '$1')
    .trim()
  return kind.length > MAX_LENGTH ? `${kind.slice(0, MAX_LENGTH - 1)}…` : kind
}

const MAX_LENGTH = 160
