import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { answerSchema, parameterSchema } from '@almanac/core/endpoints/answer-schema.ts'
import { type EndpointDefinition, pathParameters } from '@almanac/core/endpoints/endpoint.ts'

type Paths = Readonly<Record<string, { readonly get: object }>>

/** The named endpoints as the API document has them. */
export function endpointPaths(endpoints: readonly EndpointDefinition[], cubes: readonly CubeDefinition[]): Paths {
  return Object.fromEntries(
    endpoints.map((definition) => [`/api${definition.path}`, { get: operation(definition, cubes) }]),
  )
}

function operation(definition: EndpointDefinition, cubes: readonly CubeDefinition[]): object {
  const { path, summary, description, parameters, isPublic } = definition
  const inPath = pathParameters(path)
  return {
    summary,
    ...(description !== undefined && { description }),
    tags: ['Endpoints'],
    security: isPublic ? [] : [{ apiKey: [] }, { session: [] }],
    // Those in the path first, and in its order.
    parameters: [...inPath, ...Object.keys(parameters).filter((name) => !inPath.includes(name))].flatMap((name) => {
      const parameter = parameters[name]
      if (!parameter) return []
      const required = parameter.default === undefined && !parameter.optional
      const words = parameter.description !== undefined && { description: parameter.description }
      return [
        { name, in: inPath.includes(name) ? 'path' : 'query', required, schema: parameterSchema(parameter), ...words },
      ]
    }),
    responses: {
      200: {
        description: 'The figures.',
        content: { 'application/json': { schema: answerSchema(definition, cubes) } },
      },
      304: { description: 'The answer is the one whose ETag came in If-None-Match.' },
      default: {
        description: 'Something did not work.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  }
}
