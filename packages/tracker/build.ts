import { join } from 'node:path'
import { buildTracker } from './build-tracker.ts'

/** Builds every variant of the script and the npm form into dist/, and prints their sizes. */
for (const { file, bytes, gzipBytes } of await buildTracker(join(import.meta.dirname, 'dist'))) {
  console.log(`${String(gzipBytes).padStart(6)} bytes gzip ${String(bytes).padStart(6)} plain  ${file}`)
}
