import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { CubeRegistry } from '../../cubes/registry.ts'

/**
 * Cubes come from two sides, files of the workspace and uploads, and the registry wants to know all of them at once. A cube of the
 * workspace goes before an upload of the same name.
 */
export interface CubesInForce {
  /** For the workspace: as if there were only its own. */
  readonly forWorkspace: Pick<CubeRegistry, 'replace' | 'failures'>
  /** Brings them in force, once the workspace's first ones were. */
  replaceUploads(cubes: readonly CubeDefinition[]): Promise<void>
  /** Whether something else than an upload has this name. */
  isTaken(name: string): boolean
}

export function createCubesInForce(
  registry: Pick<CubeRegistry, 'replace' | 'failures'>,
  first: readonly CubeDefinition[],
): CubesInForce {
  let uploads = first
  let others: readonly CubeDefinition[] | undefined
  let running: Promise<void> = Promise.resolve()
  const isTaken = (name: string) => (others ?? []).some((cube) => cube.name === name)
  /** One after the other, so that an older list never comes last. */
  const apply = () => {
    const all = () => [...(others ?? []), ...uploads.filter(({ name }) => !isTaken(name))]
    running = running.catch(() => undefined).then(() => registry.replace(all()))
    return running
  }
  return {
    isTaken,
    forWorkspace: {
      failures: registry.failures,
      replace: (definitions) => {
        others = definitions
        return apply()
      },
    },
    replaceUploads: async (cubes) => {
      uploads = cubes
      if (others) await apply()
    },
  }
}
