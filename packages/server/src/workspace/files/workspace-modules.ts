import { fileURLToPath } from 'node:url'

/** What definitions import, whatever folder they lie in: the loader and the editor's settings are made of this table. */
const MODULES = {
  'almanac/cubes': '@almanac/core/cubes/define/define-cube.ts',
  'almanac/endpoints': '@almanac/core/endpoints/define-endpoint.ts',
  'almanac/boards': '@almanac/core/boards/define-board.ts',
  'almanac/segments': '@almanac/core/segments/define-segment.ts',
} as const

/** The addresses of the modules as `import` takes them. */
export const WORKSPACE_MODULES: ReadonlyMap<string, string> = new Map(
  Object.entries(MODULES).map(([name, file]) => [name, import.meta.resolve(file)]),
)

/** The files of the modules, for the `paths` of a tsconfig.json. */
export function modulePaths(): Record<string, string[]> {
  return Object.fromEntries([...WORKSPACE_MODULES].map(([name, url]) => [name, [fileURLToPath(url)]]))
}
