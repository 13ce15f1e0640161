import { type Operation, type Ref, type ServiceModel, type Shape, shapeOf } from './model.ts'

const IDENTIFIER = /(?:Id|Arn)$/

/**
 * The least that an operation may answer, as its body: what is required, and the identifiers among the rest.
 * `idOf` makes the text of an identifier from its member's name.
 */
export function sampleOutput(
  model: ServiceModel,
  { output }: Operation,
  idOf: (member: string) => string,
): Record<string, unknown> {
  return output === undefined ? {} : sampleStructure(model, shapeOf(model, output), idOf)
}

function sampleStructure(model: ServiceModel, shape: Shape, idOf: (member: string) => string) {
  const members = Object.entries(shape.members ?? {}).filter(([name, ref]) => {
    const isIdentifier = IDENTIFIER.test(name) && shapeOf(model, ref).type === 'string'
    return ref.location === undefined && (isIdentifier || shape.required?.includes(name))
  })
  return Object.fromEntries(
    members.map(([name, ref]) => [ref.locationName ?? name, sampleValue(model, ref, name, idOf)]),
  )
}

function sampleValue(model: ServiceModel, ref: Ref, name: string, idOf: (member: string) => string): unknown {
  const shape = shapeOf(model, ref)
  switch (shape.type) {
    case 'structure':
      return sampleStructure(model, shape, idOf)
    case 'list':
      return []
    case 'map':
      return {}
    case 'boolean':
      return false
    case 'string':
      return shape.enum?.[0] ?? idOf(name)
    case 'blob':
      return ''
    default:
      return shape.min ?? 0
  }
}
