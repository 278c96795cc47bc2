import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'

/**
 * The browser script and its smaller variants, for the pages of other sites: `/js/almanac.js`. The address of a script tag
 * stays as it is for years, so browsers ask again after an hour, and are told in a few bytes that nothing changed.
 */
export function trackerScriptRoutes({ trackerRoot }: { readonly trackerRoot: string }): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { params: z.object({ file: z.string() }), hide: true }
    app.get('/js/:file', { config: { access: 'anyone' }, schema }, async ({ params: { file }, headers }, reply) => {
      const script = await readScript(trackerRoot, file)
      const etag = `W/"${createHash('sha256').update(script).digest('base64url').slice(0, 16)}"`
      reply.headers({ ...HEADERS, etag })
      if (headers['if-none-match'] === etag) return reply.code(304).send()
      return reply.type('text/javascript; charset=utf-8').send(script)
    })
  }
}

// Any site may load the script, also with a `crossorigin` attribute.
const HEADERS = {
  'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
}

/** A name of this form leads nowhere but into the folder. */
const SCRIPT_NAME = /^almanac(\.[a-z]+)*\.js$/

async function readScript(root: string, file: string): Promise<Buffer> {
  if (!SCRIPT_NAME.test(file)) throw new AppError('not_found', `There is no script ${file}`)
  return readFile(join(root, file)).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause
    const hint = 'The tracker’s guide lists the scripts. If this is one of them, build them with: npm run build'
    throw new AppError('not_found', `There is no script ${file}`, { hint, cause })
  })
}
