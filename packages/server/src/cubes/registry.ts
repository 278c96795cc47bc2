import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { CubeTable } from '@almanac/core/cubes/cube-state.ts'
import { AppError } from '@almanac/core/errors.ts'
import { readTables, type StoredTable } from './cube-store.ts'
import { type RegisterDeps, registerCubes } from './register-cubes.ts'

/**
 * The cubes of this installation by name. PostgreSQL has the truth, which all servers share; here is what it said last, so that
 * nobody waits for it.
 */
export interface CubeRegistry {
  /** Those in force: of each cube the newest that the engine took. */
  definitions(): readonly CubeDefinition[]
  /** Throws AppError `invalid_query` that names the known ones, or says what is wrong with this one. */
  definition(name: string): CubeDefinition
  /** The newest definition's table first; the one that still serves while it is built, if any, second. */
  tables(name: string): readonly CubeTable[]
  /** The names of the cubes that are computed from a raw table: what a change of it touches. */
  namesOf(table: string): readonly string[]
  /** Definitions that the engine refused, with what it said. */
  failures(): readonly CubeFailure[]
  /**
   * From now on these are the cubes, and no others. Those whose rows would change are built anew while the old table serves; one
   * that the engine refuses does not stop the others. Two servers that do this at once take turns.
   */
  replace(definitions: readonly CubeDefinition[]): Promise<void>
  /** Reads what other servers and finished builds have changed. */
  refresh(): Promise<void>
}

export interface CubeFailure {
  readonly name: string
  readonly reason: string
}

export async function openRegistry(deps: RegisterDeps): Promise<CubeRegistry> {
  let cubes = new Map<string, readonly StoredTable[]>()
  let failed: readonly StoredTable[] = []

  async function refresh(): Promise<void> {
    const tables = await readTables(deps.pool)
    const inForce = tables.filter(({ state }) => state === 'building' || state === 'serving')
    cubes = Map.groupBy(inForce, ({ name }) => name)
    failed = tables.filter(({ state }) => state === 'failed')
  }
  const newest = ([table]: readonly StoredTable[]) => (table ? [table.definition] : [])

  await refresh()
  return {
    definitions: () => [...cubes.values()].flatMap(newest),
    definition: (name) => {
      const [definition] = newest(cubes.get(name) ?? [])
      if (definition) return definition
      throw unknownCube(name, [...cubes.keys()], failed)
    },
    tables: (name) => cubes.get(name) ?? [],
    namesOf: (table) =>
      [...cubes].flatMap(([name, tables]) => (tables.some((cube) => isMadeOf(cube, table)) ? [name] : [])),
    failures: () => failed.map(({ name, reason }) => ({ name, reason: reason ?? 'the engine refused it' })),
    replace: async (definitions) => {
      await registerCubes(deps, definitions)
      await refresh()
    },
    refresh,
  }
}

const isMadeOf = ({ definition }: CubeTable, table: string) => definition.base.tables.includes(table)

function unknownCube(name: string, known: readonly string[], failed: readonly StoredTable[]): AppError {
  const failure = failed.find((table) => table.name === name)
  if (failure) return new AppError('invalid_query', `the cube "${name}" could not be made: ${failure.reason}`)
  const expected = known.length > 0 ? `expected one of ${known.join(', ')}` : 'there are no cubes yet'
  return new AppError('invalid_query', `there is no cube "${name}": ${expected}`)
}
