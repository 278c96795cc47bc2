import type { JsonRecord } from './loose-values.ts'

/**
 * The value at a path such as `$.data.items[0]['some id']`, of the plain form only: no wildcards, no filters. Undefined
 * when there is none, or when the path is of another form.
 */
export function valueAtPath(value: unknown, path: string): unknown {
  const steps = stepsOf(path)
  if (!steps) return undefined
  let found = value
  for (const step of steps) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined
    found = (found as JsonRecord)[step]
  }
  return found
}

const STEP = /\.([\w-]+)|\[(\d{1,6})\]|\['([^'\]]*)'\]/y

function stepsOf(path: string): string[] | undefined {
  if (!path.startsWith('$')) return undefined
  const steps: string[] = []
  STEP.lastIndex = 1
  let end = 1
  for (let match = STEP.exec(path); match; match = STEP.exec(path)) {
    steps.push(match[1] ?? match[2] ?? match[3] ?? '')
    end = STEP.lastIndex
  }
  return end === path.length ? steps : undefined
}
