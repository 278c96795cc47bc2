import type { Issue } from '@almanac/core/errors.ts'

/** What is wrong with a field, or with what lies in it. */
export function problemAt(issues: readonly Issue[], ...path: (string | number)[]): string | undefined {
  return issues.find((issue) => path.every((part, i) => issue.path[i] === part))?.message
}

/** What is wrong with a part, by paths that begin in it. */
export function issuesIn(issues: readonly Issue[], ...path: (string | number)[]): Issue[] {
  return issues
    .filter((issue) => path.every((part, i) => issue.path[i] === part))
    .map(({ path: whole, message }) => ({ path: whole.slice(path.length), message }))
}
