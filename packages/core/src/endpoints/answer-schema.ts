import type { CubeDefinition, DimensionType } from '../cubes/cube.ts'
import { typeOf } from '../cubes/sql/dimension-sql.ts'
import type { EndpointDefinition, EndpointParameter } from './endpoint.ts'
import { columnKind, queryColumns } from './query-columns.ts'
import { type AnswerReference, type AnswerTemplate, type Formatting, isObject, referenceKey } from './template.ts'

/** JSON Schema, as OpenAPI 3.1 takes it. */
export type JsonSchema = Readonly<Record<string, unknown>>

type Cubes = readonly Pick<CubeDefinition, 'name' | 'dimensions'>[]

/** Of what an endpoint answers. What only a parameter decides is left open. */
export function answerSchema(definition: EndpointDefinition, cubes: Cubes): JsonSchema {
  return schemaOf(definition.answer, [], definition, cubes)
}

export function parameterSchema(parameter: EndpointParameter): JsonSchema {
  const { default: value } = parameter
  const shown = typeof value === 'object' ? undefined : value
  return { ...valueSchema(parameter), ...(shown !== undefined && { default: shown }) }
}

function valueSchema(parameter: EndpointParameter): JsonSchema {
  switch (parameter.type) {
    case 'choice':
      return { type: 'string', enum: parameter.oneOf }
    case 'date':
      return { type: 'string', format: 'date' }
    case 'number': {
      const { min, max, integer } = parameter
      return {
        type: integer ? 'integer' : 'number',
        ...(min !== undefined && { minimum: min }),
        ...(max !== undefined && { maximum: max }),
      }
    }
    case 'text':
      return { type: 'string', minLength: 1, maxLength: parameter.maxLength }
    case 'boolean':
      return { type: 'boolean' }
  }
}

/** `sources` are the queries whose columns the rows at hand have. */
function schemaOf(
  template: AnswerTemplate,
  sources: readonly string[],
  definition: EndpointDefinition,
  cubes: Cubes,
): JsonSchema {
  const inside = (part: AnswerTemplate) => schemaOf(part, sources, definition, cubes)
  if (Array.isArray(template)) return { type: 'array', prefixItems: template.map(inside) }
  if (!isObject(template)) return { const: template }
  if (referenceKey(template) !== undefined) {
    return referenceSchema(template as AnswerReference, sources, definition, cubes)
  }
  const properties = Object.entries(template).map(([key, part]) => [key, inside(part as AnswerTemplate)])
  return { type: 'object', properties: Object.fromEntries(properties), required: Object.keys(template) }
}

function referenceSchema(
  reference: AnswerReference,
  sources: readonly string[],
  definition: EndpointDefinition,
  cubes: Cubes,
): JsonSchema {
  if ('$parameter' in reference) {
    const parameter = definition.parameters[reference.$parameter]
    return parameter && !parameter.optional ? valueSchema(parameter) : {}
  }
  if ('$column' in reference) return columnSchema(reference.$column, reference, sources, definition, cubes)
  if ('$value' in reference) return columnSchema(reference.column, reference, [reference.$value], definition, cubes)
  if ('$total' in reference) return columnSchema(reference.column, reference, [reference.$total], definition, cubes)
  const { $each, keyed, item } = reference
  const rows = $each === null ? sources : typeof $each === 'string' ? [$each] : $each.join
  const items = schemaOf(item, rows, definition, cubes)
  return keyed ? { type: 'object', additionalProperties: items } : { type: 'array', items }
}

function columnSchema(
  column: string,
  { as, otherwise }: Formatting,
  sources: readonly string[],
  { queries }: EndpointDefinition,
  cubes: Cubes,
): JsonSchema {
  const [first = '', rest] = column.split('.')
  const [source, name] = rest === undefined ? [sources[0] ?? '', column] : [first, rest]
  const columns = queryColumns(queries[source] ?? {})
  switch (columnKind(columns, name)) {
    case 'time':
      return { type: 'string', ...(as === undefined ? { format: 'date-time' } : as === 'date' && { format: 'date' }) }
    case 'measure':
      return otherwise === undefined
        ? { type: ['number', 'null'] }
        : { type: [...new Set(['number', typeof otherwise])] }
    case 'flag':
      return { type: 'boolean' }
    case 'dimension':
      return dimensionSchema(dimensionType(columns.cube, name, cubes), otherwise)
    case undefined:
      return {}
  }
}

function dimensionType(cube: string | undefined, name: string, cubes: Cubes): DimensionType | undefined {
  const dimension = cubes.find((one) => one.name === cube)?.dimensions[name]
  return dimension && typeOf(dimension)
}

// Null is the row of the rest of a top list.
function dimensionSchema(type: DimensionType | undefined, otherwise: Formatting['otherwise']): JsonSchema {
  if (type === undefined) return {}
  return { type: [...new Set([type, otherwise === undefined ? 'null' : typeof otherwise])] }
}
