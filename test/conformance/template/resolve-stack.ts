import { resolveTemplate } from '../iam-policy/resolve-template.ts'
import type { ResourceIdentity } from '../iam-policy/resource-identity.ts'
import type { TemplateValues } from '../iam-policy/template-values.ts'
import { isObject, type JsonObject } from '../json-object.ts'
import { conditionsOf } from './conditions.ts'
import { ALL_OPEN, type Parameters, PSEUDO } from './stack-values.ts'
import type { Template } from './template.ts'

/** Types whose names AWS makes up: their logical id stands in. */
const NAMED_BY_AWS = 'AWS::ApiGatewayV2::'

/**
 * A resource's properties with all functions carried out, as a stack with these parameters would have them; a property
 * that has no value is not there.
 * @throws on a function that is not understood, and on a reference to nothing.
 */
export function resolvedProperties(template: Template, id: string, parameters: Parameters = ALL_OPEN): JsonObject {
  const properties = resolveTemplate(template, valuesOf(template, parameters), ['Resources', id, 'Properties'])
  if (!isObject(properties)) throw new Error(`${id}: has no properties`)
  return properties
}

/** What `GetAtt` gives in the stack: an ARN where no attribute is named. */
export function attributeOf(template: Template, id: string, attribute = 'Arn'): string {
  const probe = { ...template, Probe: { 'Fn::GetAtt': [id, attribute] } }
  return String(resolveTemplate(probe, valuesOf(template, ALL_OPEN), ['Probe']))
}

function valuesOf(template: Template, parameters: Parameters): TemplateValues {
  const standIns = Object.entries(template.Resources).filter(([, { Type }]) => String(Type).startsWith(NAMED_BY_AWS))
  const identities = standIns.map(([id]): [string, ResourceIdentity] => [id, { ref: id, attributes: {} }])
  const conditions = conditionsOf(template, parameters)
  return { pseudo: PSEUDO, parameters, conditions, resources: Object.fromEntries(identities) }
}
