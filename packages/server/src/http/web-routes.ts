import { existsSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import fastifyStatic from '@fastify/static'
import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'

/**
 * The web pages. Only files that are in the folder's listing are served, by their exact names, so no path from a request
 * ever reaches the file system. Every other address is a page of the app, which finds its way itself.
 */
export function webRoutes({ webRoot }: { readonly webRoot: string }): FastifyPluginAsyncZod {
  return async (app) => {
    const hasFile = listing(webRoot)
    await app.register(fastifyStatic, { root: webRoot, serve: false, cacheControl: false, suppressWarning: true })

    app.get('/*', { config: { access: 'anyone' }, schema: { hide: true } }, async (request, reply) => {
      const path = new URL(request.url, 'http://localhost').pathname.slice(1)
      if (/^(api|v1)(\/|$)/.test(path)) throw new AppError('not_found', `There is no route GET /${path}`)
      if (hasFile(path)) return sendFile(reply, path)
      if (path.startsWith('assets/')) throw new AppError('not_found', `There is no file ${path}`)
      return hasFile('index.html') ? sendFile(reply, 'index.html') : sendMissingPage(reply)
    })
  }
}

const LIST_AGAIN_AFTER_MS = 1000

/** Looks again when a file is asked for that was not there: the pages may have been built in the meantime. */
function listing(root: string): (path: string) => boolean {
  let files = listFiles(root)
  let listedAtMs = performance.now()
  return (path) => {
    if (!files.has(path) && performance.now() - listedAtMs > LIST_AGAIN_AFTER_MS) {
      files = listFiles(root)
      listedAtMs = performance.now()
    }
    return files.has(path)
  }
}

/** The names of files under assets/ hold a hash of their content, so they never change. */
function sendFile(reply: FastifyReply, path: string): FastifyReply {
  const isHashed = path.startsWith('assets/')
  reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
  return reply.sendFile(path)
}

function sendMissingPage(reply: FastifyReply): FastifyReply {
  return reply.code(503).type('text/html; charset=utf-8').send(MISSING_PAGE)
}

const MISSING_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Almanac</title>
<h1>The pages are not built yet</h1>
<p>The server runs and its API works. To build the web pages, run this in the project's folder:</p>
<pre>npm run build</pre>
</html>
`

function listFiles(root: string): ReadonlySet<string> {
  if (!existsSync(root)) return new Set()
  const entries = readdirSync(root, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return new Set(files.map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')))
}
