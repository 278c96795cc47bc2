import { join } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import { sqlDatabase } from '../clickhouse/migrations/0003-sql-views.ts'
import { readOrCreateSecret } from '../engines/files/secrets.ts'
import type { AppDeps } from '../http/app.ts'
import { createRefreshes, startRefreshes } from '../uploads/refresh/refreshes.ts'
import { type CubesInForce, createCubesInForce } from '../uploads/store/cubes-in-force.ts'
import { openRawFiles } from '../uploads/store/raw-files.ts'
import { openUploads, uploadCubes } from '../uploads/uploads.ts'
import type { UploadsDeps } from '../uploads/uploads-deps.ts'
import type { Stores } from './open-stores.ts'
import type { Pipeline } from './start-pipeline.ts'
import type { Stops } from './stops.ts'

type Taking = Pick<AppDeps, 'uploads' | 'uploadRefreshes'> & {
  readonly cubes: CubesInForce
  /** Breaks off what is read, which requests may be waiting for. */
  readonly interrupt: () => void
}

/** Tables out of files. Their cubes come in force together with those of the workspace. */
export async function takingUploads(
  { config, directory, engines, pool, clickhouse, logger }: Stores,
  { registry, liveHub }: Pick<Pipeline, 'registry' | 'liveHub'>,
  stops: Stops,
): Promise<Taking> {
  const stopping = new AbortController()
  const { database } = engines.clickhouse
  const cubes = createCubesInForce(registry, await uploadCubes(pool))
  const deps: UploadsDeps = {
    pool,
    clickhouse,
    connection: engines.clickhouse,
    place: { cluster: config.cluster, database, views: sqlDatabase(database) },
    files: await openRawFiles(join(directory.root, 'uploads'), config.maxUploadBytes),
    cubes,
    registry,
    onChange: (cube, fromMs, toMs) => {
      liveHub.publish({ cubes: [cube], from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() })
    },
    logger,
    now: Date.now,
    signal: stopping.signal,
  }
  const uploads = await openUploads(deps)
  const uploadRefreshes = createRefreshes({
    pool,
    uploads,
    key: Buffer.from(await readOrCreateSecret(directory.root, 'uploads'), 'base64url'),
    arePrivateAllowed: config.uploadPrivateAddresses,
    signal: stopping.signal,
  })
  const loop = startRefreshes(uploadRefreshes, { pool, logger })
  const interrupt = () => stopping.abort(new AppError('overloaded', 'The server stops'))
  stops.push(async () => {
    interrupt()
    await loop.stop()
  })
  return { uploads, uploadRefreshes, cubes, interrupt }
}
