import { READY_CUBES } from '@almanac/core/cubes/ready/ready-cubes.ts'
import type { Boards } from '../boards/boards.ts'
import type { CubeRegistry } from '../cubes/registry.ts'
import type { AppDeps } from '../http/app.ts'
import type { Segments } from '../segments/segments.ts'
import { createEndpoints, type EndpointsDeps } from '../workspace/endpoints/endpoints.ts'
import { rememberedPath, workspaceFolder } from '../workspace/files/workspace-folder.ts'
import { startWorkspace } from '../workspace/start-workspace.ts'
import type { Stores } from './open-stores.ts'
import type { Stops } from './stops.ts'

type Defined = Pick<AppDeps, 'endpoints' | 'workspaceStatus'>

/** Brings the cubes that come with Almanac and what the workspace defines in force, and follows the workspace from then on. */
export async function startDefinitions(
  { config, directory, logger }: Stores,
  registry: Pick<CubeRegistry, 'replace' | 'failures'>,
  runQueries: EndpointsDeps['runQueries'],
  { boards, segments }: { readonly boards: Boards; readonly segments: Segments },
  stops: Stops,
): Promise<Defined> {
  const endpoints = createEndpoints({ runQueries, now: Date.now })
  const workspace = await startWorkspace({
    folder: workspaceFolder(config),
    readyCubes: READY_CUBES,
    registry,
    onEndpoints: endpoints.replace,
    onBoards: boards.replaceWorkspace,
    onSegments: segments.replaceWorkspace,
    rememberedPath: rememberedPath(directory.root),
    logger,
  })
  stops.push(() => workspace.stop())
  return { endpoints, workspaceStatus: workspace.status }
}
