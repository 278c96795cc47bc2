// A process to be measured: `node serve.ts almanac DIR` runs the whole server, `node serve.ts bare` a Fastify route that
// parses the same body and does nothing. Prints one line with its address, and ends when its standard input does.
import Fastify from 'fastify'
import { loadConfig } from '../../packages/server/src/config/config.ts'
import { startServer } from '../../packages/server/src/main.ts'

const [kind = '', dataDir = ''] = process.argv.slice(2)
const server = kind === 'bare' ? await bare() : await startServer(loadConfig({}, { dataDir, port: 0 }))
process.stdout.write(`${JSON.stringify({ url: server.url, token: server.localToken })}\n`)
process.stdin.resume()
process.stdin.once('end', async () => {
  await server.stop()
  process.exit(0)
})

async function bare() {
  const app = Fastify({ logger: false, bodyLimit: 8 * 1024 * 1024 })
  app.post('/v1/events', async (_request, reply) => reply.code(202).send({ accepted: 1, rejected: [] }))
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }), localToken: '', stop: () => app.close() }
}
