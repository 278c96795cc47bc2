import type { CubeEntry } from '../../../api/cubes.ts'

/** The measures with the most asked for first: people rather than rows, where the cube begins with a count of its rows. */
export function usualMeasures({ measures }: CubeEntry): string[] {
  const [first, ...others] = measures
  const isCount = first?.class === 'additive' && first.format === 'integer'
  const people = isCount ? others.find((one) => one.class === 'mergeable' && one.format === 'integer') : undefined
  const names = measures.map(({ name }) => name)
  return people ? [people.name, ...names.filter((name) => name !== people.name)] : names
}
