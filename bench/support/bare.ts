// Fastify routes that parse the same bodies as POST /v1/events and as Segment's and do nothing, to compare with.
import Fastify from 'fastify'

const app = Fastify({ logger: false, bodyLimit: 8 * 1024 * 1024 })
app.post('/v1/events', async (_request, reply) => reply.code(202).send({ accepted: 1, rejected: [] }))
app.post('/v1/track', async () => ({ success: true }))
process.stdout.write(`bare route at ${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
