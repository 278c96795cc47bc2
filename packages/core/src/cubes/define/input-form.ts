import { z } from 'zod'
import type { Issue } from '../../errors.ts'
import { expectation, issuesOf } from './schema-issues.ts'

/**
 * The outline of what `defineCube` takes. The compiler says the same and more, but files of a workspace run without it. Only what
 * has to be there before anything can be completed: all else is said of the complete definition.
 */
const object = z.looseObject({})
const CubeForm = z.looseObject({
  name: z.string(),
  base: object,
  timezone: z.string().optional(),
  dimensions: z.record(z.string(), object),
  measures: z.record(z.string(), z.looseObject({ class: z.string() })),
  defaultFilters: object.optional(),
  always: z.array(z.string()).optional(),
  rollups: z.array(z.looseObject({ dimensions: z.array(z.string()) })).optional(),
})

export function issuesOfInput(value: unknown): Issue[] {
  const parsed = CubeForm.safeParse(value, { error: expectation })
  return parsed.success ? [] : issuesOf(parsed.error)
}
