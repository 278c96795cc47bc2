import { existsSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import fastifyStatic from '@fastify/static'
import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'

/**
 * The web pages. Only files that were there at the start are served, by their exact names, so no path from a request
 * ever reaches the file system. Every other address is a page of the app, which finds its way itself.
 */
export function webRoutes({ webRoot }: { readonly webRoot: string }): FastifyPluginAsyncZod {
  return async (app) => {
    const files = listFiles(webRoot)
    if (files.size > 0) await app.register(fastifyStatic, { root: webRoot, serve: false, cacheControl: false })

    app.get('/*', { config: { access: 'anyone' }, schema: { hide: true } }, async (request, reply) => {
      const path = new URL(request.url, 'http://localhost').pathname.slice(1)
      if (/^(api|v1)(\/|$)/.test(path)) throw new AppError('not_found', `There is no route GET /${path}`)
      if (files.has(path)) return sendFile(reply, path)
      if (path.startsWith('assets/')) throw new AppError('not_found', `There is no file ${path}`)
      return files.has('index.html') ? sendFile(reply, 'index.html') : sendMissingPage(reply)
    })
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
<p>The server runs and its API works. To build the web pages, run this in the project's folder and start again:</p>
<pre>npm run build</pre>
</html>
`

function listFiles(root: string): ReadonlySet<string> {
  if (!existsSync(root)) return new Set()
  const entries = readdirSync(root, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return new Set(files.map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')))
}
