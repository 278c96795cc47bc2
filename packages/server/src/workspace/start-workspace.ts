import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { EndpointDefinition } from '@almanac/core/endpoints/endpoint.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { Segment } from '@almanac/core/segments/segment.ts'
import type { FastifyBaseLogger } from 'fastify'
import { oneAtATime } from '../background/one-at-a-time.ts'
import type { PlacedBoard } from '../boards/fixed-boards.ts'
import type { CubeRegistry } from '../cubes/registry.ts'
import { errorsIn, type FileReport, type Placed } from './check-workspace.ts'
import type { LoadLimits } from './files/load-files.ts'
import { type FolderWatch, watchFolder } from './files/watch-folder.ts'
import { listWorkspace } from './files/workspace-files.ts'
import { type LoadedWorkspace, loadWorkspace } from './load-workspace.ts'
import { type RememberedWorkspace, recallWorkspace, rememberWorkspace } from './remembered-workspace.ts'
import { type WorkspaceError, workspaceErrorText } from './workspace-error.ts'

export interface StartWorkspaceOptions {
  /** `undefined`: no folder is named. What was loaded last stays in force. */
  readonly folder: string | undefined
  /** The cubes that come with Almanac. */
  readonly readyCubes: readonly CubeDefinition[]
  readonly registry: Pick<CubeRegistry, 'replace' | 'failures'>
  /** Called with all endpoints in force, each time they may have changed. */
  readonly onEndpoints: (endpoints: readonly Placed<EndpointDefinition>[]) => void
  /** The same for all boards. */
  readonly onBoards: (boards: readonly PlacedBoard[]) => Promise<void>
  /** The same for all segments. */
  readonly onSegments: (segments: readonly Segment[]) => void
  /** A file of the data directory, for the last good state. */
  readonly rememberedPath: string
  readonly logger: Pick<FastifyBaseLogger, 'info' | 'warn'>
  /** After each load but the first one, good or not, once what it brought is in force. */
  readonly onReloaded?: (status: WorkspaceStatus) => void
  readonly limits?: LoadLimits
  readonly watch?: (onChange: () => void) => FolderWatch
}

export interface WorkspaceStatus {
  readonly folder: string | undefined
  /**
   * `none`: nothing is defined. `loaded`: what the files say is in force. `failed`: they have errors, and what they said before is.
   * `remembered`: no folder is named, and what was loaded last is.
   */
  readonly state: 'none' | 'loaded' | 'failed' | 'remembered'
  /** When what is in force was loaded. */
  readonly loadedAt: string | undefined
  readonly cubes: readonly string[]
  readonly endpoints: readonly string[]
  /** The ends of their addresses. */
  readonly boards: readonly string[]
  readonly segments: readonly string[]
  /** Of the last load. */
  readonly files: readonly FileReport[]
  /** With `loaded`: those of cubes that the engine does not take, which stop nothing else. */
  readonly errors: readonly WorkspaceError[]
}

export interface Workspace {
  status(): WorkspaceStatus
  stop(): Promise<void>
}

/**
 * Brings what the workspace defines in force, and again whenever its files change: all of it, or none when anything is wrong. Resolves
 * once the first state is in force.
 */
export async function startWorkspace(options: StartWorkspaceOptions): Promise<Workspace> {
  const { folder } = options
  const state: State = { inForce: undefined, files: [], errors: [], fingerprint: undefined }
  if (folder !== undefined) await load(folder, state, options)
  if (state.inForce === undefined) await bringInForce(await recallWorkspace(options.rememberedPath), state, options)
  const status = () => statusOf(state, options)
  if (folder === undefined) return { status, stop: async () => {} }

  const reloads = oneAtATime(() => loadIfChanged(folder, state, options))
  const watching = options.watch?.(reloads.ask) ?? watchFolder(folder, reloads.ask, { onError: cannotWatch(options) })
  return {
    status,
    async stop() {
      watching.close()
      await reloads.stop()
    },
  }
}

interface State {
  inForce: RememberedWorkspace | undefined
  files: readonly FileReport[]
  errors: readonly WorkspaceError[]
  /** Of the files that were loaded last; `undefined` when they have to be loaded again in any case. */
  fingerprint: string | undefined
}

/** There is none while the folder cannot be read. */
const NO_FINGERPRINT = ''

async function loadIfChanged(folder: string, state: State, options: StartWorkspaceOptions): Promise<void> {
  const fingerprint = await listWorkspace(folder).then(
    (listing) => listing.fingerprint,
    () => NO_FINGERPRINT,
  )
  if (fingerprint === state.fingerprint) return
  try {
    await load(folder, state, options)
  } catch (error) {
    // Such as a database that does not answer: the next look tries again.
    state.fingerprint = undefined
    const message = error instanceof Error ? error.message : String(error)
    state.errors = [{ message: `what was loaded could not be brought in force, and is tried again: ${message}` }]
    options.logger.warn({ err: error, folder }, 'what the workspace defines could not be brought in force')
  }
  options.onReloaded?.(statusOf(state, options))
}

async function load(folder: string, state: State, options: StartWorkspaceOptions): Promise<void> {
  const loaded = await tryToLoad(folder, options)
  const isLoaded = 'files' in loaded
  state.files = isLoaded ? loaded.files : []
  state.errors = isLoaded ? errorsIn(loaded) : [loaded]
  state.fingerprint = isLoaded ? loaded.fingerprint : NO_FINGERPRINT
  if (!isLoaded || state.errors.length > 0) {
    const errors = state.errors.map(workspaceErrorText)
    options.logger.warn({ folder, errors }, 'the workspace has errors; what was loaded before stays in force')
    return
  }
  const { cubes, endpoints, boards, segments } = loaded
  const workspace = { cubes, endpoints, boards, segments, folder, loadedAt: new Date().toISOString() }
  await bringInForce(workspace, state, options)
  await rememberWorkspace(options.rememberedPath, workspace)
  const counts = Object.entries({ cubes, endpoints, boards, segments }).map(([kind, all]) => [kind, all.length])
  options.logger.info({ folder, ...Object.fromEntries(counts) }, 'workspace loaded')
  const refused = refusedCubes(cubes, options.registry).map(workspaceErrorText)
  if (refused.length > 0) options.logger.warn({ folder, errors: refused }, 'the engine refused cubes of the workspace')
}

const MOST_OUTPUT = 2000

/** A folder that cannot be read is an error like any other: it may be back in a moment. */
async function tryToLoad(
  folder: string,
  { readyCubes, limits, logger }: StartWorkspaceOptions,
): Promise<LoadedWorkspace | WorkspaceError> {
  const onOutput = (text: string) => logger.info({ text: text.slice(0, MOST_OUTPUT) }, 'printed by the workspace')
  try {
    return await loadWorkspace(folder, readyCubes, { limits, onOutput })
  } catch (error) {
    if (error instanceof AppError) return { message: error.message }
    throw error
  }
}

async function bringInForce(
  workspace: RememberedWorkspace | undefined,
  state: State,
  { readyCubes, registry, onEndpoints, onBoards, onSegments }: StartWorkspaceOptions,
): Promise<void> {
  await registry.replace([...readyCubes, ...(workspace?.cubes ?? []).map(({ definition }) => definition)])
  onEndpoints(workspace?.endpoints ?? [])
  onSegments((workspace?.segments ?? []).map(({ definition }) => definition))
  await onBoards((workspace?.boards ?? []).map(({ definition }) => definition))
  state.inForce = workspace
}

function statusOf({ inForce, files, errors }: State, { folder, registry }: StartWorkspaceOptions): WorkspaceStatus {
  return {
    folder,
    state: errors.length > 0 ? 'failed' : folder !== undefined ? 'loaded' : inForce ? 'remembered' : 'none',
    loadedAt: inForce?.loadedAt,
    cubes: (inForce?.cubes ?? []).map(({ definition: { name } }) => name),
    endpoints: (inForce?.endpoints ?? []).map(({ definition: { path } }) => path),
    boards: (inForce?.boards ?? []).map(({ definition: { slug } }) => slug),
    segments: (inForce?.segments ?? []).map(({ definition: { name } }) => name),
    files,
    errors: [...errors, ...refusedCubes(inForce?.cubes ?? [], registry)],
  }
}

/** Only the engine knows whether the SQL in a definition is right. */
function refusedCubes(
  cubes: RememberedWorkspace['cubes'],
  registry: StartWorkspaceOptions['registry'],
): WorkspaceError[] {
  const reasons = new Map(registry.failures().map(({ name, reason }) => [name, reason]))
  return cubes.flatMap(({ file, definition: { name } }) => {
    const reason = reasons.get(name)
    return reason === undefined ? [] : [{ file, message: `the cube "${name}" could not be made: ${reason}` }]
  })
}

function cannotWatch({ logger, folder }: StartWorkspaceOptions) {
  return (error: unknown) => logger.warn({ err: error, folder }, 'changes of the workspace are seen a little later')
}
