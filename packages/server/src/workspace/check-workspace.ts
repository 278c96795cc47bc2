import { checkBoard } from '@almanac/core/boards/check-board.ts'
import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { checkCube } from '@almanac/core/cubes/define/check-cube.ts'
import { checkEndpoint } from '@almanac/core/endpoints/check-endpoint.ts'
import { checkEndpointCubes } from '@almanac/core/endpoints/check-endpoint-cubes.ts'
import type { EndpointDefinition } from '@almanac/core/endpoints/endpoint.ts'
import { pathShape } from '@almanac/core/endpoints/endpoint-path.ts'
import type { Issue } from '@almanac/core/errors.ts'
import { checkSegment } from '@almanac/core/segments/check-segment.ts'
import type { Segment } from '@almanac/core/segments/segment.ts'
import type { PlacedBoard } from '../boards/fixed-boards.ts'
import type { LoadedFile } from './files/load-files.ts'
import { type DefinitionKind, kindOf } from './files/workspace-files.ts'
import { checkPlacedBoard, checkPlacedSegment } from './placed-definitions.ts'
import type { WorkspaceError } from './workspace-error.ts'

/** A definition and the file that it came from. */
export interface Placed<Definition> {
  readonly file: string
  readonly definition: Definition
}

export interface FileReport {
  readonly file: string
  readonly defines: readonly { readonly kind: DefinitionKind; readonly name: string }[]
  readonly errors: readonly WorkspaceError[]
}

export interface WorkspaceContent {
  readonly cubes: readonly Placed<CubeDefinition>[]
  readonly endpoints: readonly Placed<EndpointDefinition>[]
  readonly boards: readonly Placed<PlacedBoard>[]
  readonly segments: readonly Placed<Segment>[]
  readonly files: readonly FileReport[]
}

/** Takes the definitions out of what the files brought. Everything is checked here again: nothing of the files is believed. */
export function checkWorkspace(
  loaded: readonly LoadedFile[],
  readyCubes: readonly CubeDefinition[],
  now: Temporal.Instant,
): WorkspaceContent {
  const cubes = checkedOf(loaded, 'cube', checkCube)
  const endpoints = checkedOf(loaded, 'endpoint', checkEndpoint)
  const boards = checkedOf(loaded, 'board', checkPlacedBoard)
  const segments = checkedOf(loaded, 'segment', checkPlacedSegment)
  const errors = [
    ...loaded.flatMap((one) => one.errors),
    ...[cubes, endpoints, boards, segments].flatMap((kind) => kind.errors),
    ...emptyFiles(loaded),
    ...cubeClashes(cubes.found, readyCubes),
    ...endpointClashes(endpoints.found),
    ...boardClashes(boards.found),
    ...segmentClashes(segments.found),
  ]
  // A cube that is missing because its own file is wrong would be a second error for the same thing.
  if (errors.length === 0) {
    const allCubes = [...readyCubes, ...definitionsOf(cubes.found)]
    errors.push(
      ...queryErrors(endpoints.found, allCubes, now),
      ...boardErrors(boards.found, allCubes),
      ...segmentErrors(segments.found, allCubes),
    )
  }
  const found = { cubes: cubes.found, endpoints: endpoints.found, boards: boards.found, segments: segments.found }
  return { ...found, files: reports(loaded, found, errors) }
}

export function errorsIn({ files }: WorkspaceContent): WorkspaceError[] {
  return files.flatMap(({ errors }) => errors)
}

const definitionsOf = <Definition>(placed: readonly Placed<Definition>[]) => placed.map(({ definition }) => definition)

type Check<Definition> = (
  value: unknown,
  place: { readonly file: string; readonly name: string },
) => { readonly definition: Definition } | { readonly issues: readonly Issue[] }

function checkedOf<Definition>(loaded: readonly LoadedFile[], kind: DefinitionKind, check: Check<Definition>) {
  const found: Placed<Definition>[] = []
  const errors: WorkspaceError[] = []
  for (const { file, exports } of loaded.filter((one) => kindOf(one.file) === kind)) {
    for (const { name, json } of exports) {
      const result = check(JSON.parse(json), { file, name })
      if ('definition' in result) found.push({ file, definition: result.definition })
      else errors.push(...result.issues.map(({ path, message }) => ({ file, path: [name, ...path], message })))
    }
  }
  return { found, errors }
}

function emptyFiles(loaded: readonly LoadedFile[]): WorkspaceError[] {
  return loaded
    .filter(({ exports, errors }) => exports.length === 0 && errors.length === 0)
    .map(({ file }) => ({ file, message: `expected an export default of ${wordsFor(kindOf(file))}` }))
}

function wordsFor(kind: DefinitionKind): string {
  return {
    cube: 'a cube, as defineCube(…) makes it',
    endpoint: 'an endpoint, as defineEndpoint(…) makes it',
    board: 'a board, as defineBoard(…) makes it',
    segment: 'a segment, as defineSegment(…) makes it',
  }[kind]
}

function cubeClashes(
  cubes: readonly Placed<CubeDefinition>[],
  readyCubes: readonly CubeDefinition[],
): WorkspaceError[] {
  const places = new Map(readyCubes.map(({ name }) => [name, 'comes with Almanac']))
  return cubes.flatMap(({ file, definition: { name } }) => {
    const place = places.get(name)
    if (place !== undefined) return [{ file, message: `expected another name for this cube: "${name}" ${place}` }]
    places.set(name, `is in ${file}, too`)
    return []
  })
}

function endpointClashes(endpoints: readonly Placed<EndpointDefinition>[]): WorkspaceError[] {
  const places = new Map<string, string>()
  return endpoints.flatMap(({ file, definition: { path } }) => {
    const place = places.get(pathShape(path))
    if (place !== undefined)
      return [{ file, message: `expected another path for this endpoint: ${place} has ${path}, too` }]
    places.set(pathShape(path), file)
    return []
  })
}

function boardClashes(boards: readonly Placed<PlacedBoard>[]): WorkspaceError[] {
  const places = new Map<string, string>()
  return boards.flatMap(({ file, definition: { slug } }) => {
    const place = places.get(slug)
    if (place !== undefined)
      return [{ file, message: `expected another name for this board: ${place} has the address ${slug}, too` }]
    places.set(slug, file)
    return []
  })
}

function segmentClashes(segments: readonly Placed<Segment>[]): WorkspaceError[] {
  const places = new Map<string, string>()
  return segments.flatMap(({ file, definition: { name } }) => {
    const place = places.get(name)
    if (place !== undefined)
      return [{ file, message: `expected another name for this segment: ${place} has "${name}", too` }]
    places.set(name, file)
    return []
  })
}

function segmentErrors(segments: readonly Placed<Segment>[], cubes: readonly CubeDefinition[]): WorkspaceError[] {
  return segments.flatMap(({ file, definition }) =>
    checkSegment(definition, cubes).map(({ path, message }) => ({ file, path: [definition.name, ...path], message })),
  )
}

function boardErrors(boards: readonly Placed<PlacedBoard>[], cubes: readonly CubeDefinition[]): WorkspaceError[] {
  return boards.flatMap(({ file, definition: { board } }) =>
    checkBoard(board, cubes).map(({ path, message }) => ({ file, path, message })),
  )
}

function queryErrors(
  endpoints: readonly Placed<EndpointDefinition>[],
  cubes: readonly CubeDefinition[],
  now: Temporal.Instant,
): WorkspaceError[] {
  return endpoints.flatMap(({ file, definition }) =>
    checkEndpointCubes(definition, cubes, now).map(({ path, message }) => ({ file, path, message })),
  )
}

/** An error in a file that is only imported belongs to the report of the file that imports it. */
function reports(
  loaded: readonly LoadedFile[],
  { cubes, endpoints, boards, segments }: Omit<WorkspaceContent, 'files'>,
  errors: readonly WorkspaceError[],
): FileReport[] {
  return loaded.map((one) => {
    const isHere = ({ file }: { readonly file?: string }) => file === one.file
    const defines = [
      ...cubes.filter(isHere).map(({ definition: { name } }) => ({ kind: 'cube' as const, name })),
      ...endpoints.filter(isHere).map(({ definition: { path } }) => ({ kind: 'endpoint' as const, name: path })),
      ...boards.filter(isHere).map(({ definition: { slug } }) => ({ kind: 'board' as const, name: slug })),
      ...segments.filter(isHere).map(({ definition: { name } }) => ({ kind: 'segment' as const, name })),
    ]
    const own = errors.filter((error) => isHere(error) && !one.errors.includes(error))
    return { file: one.file, defines, errors: [...one.errors, ...own] }
  })
}
