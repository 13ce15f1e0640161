import {
  type Check,
  faultIf,
  type Resource,
  referenced,
  resourceNamed,
  resourcesOf,
  type Template,
} from './template.ts'

/** Every queue and topic is encrypted with a key of the stack: with AWS's own, no other service could put into them. */
export const messageEncryptionFaults: Check = (template) =>
  resourcesOf(template, 'AWS::SQS::Queue', 'AWS::SNS::Topic').flatMap((resource) =>
    keyFaults(template, resource, resource.property('KmsMasterKeyId')),
  )

/** Every table is encrypted with a key of the stack. */
export const tableEncryptionFaults: Check = (template) =>
  resourcesOf(template, 'AWS::DynamoDB::Table').flatMap((table) => [
    ...faultIf(table.property('SSESpecification', 'SSEEnabled') !== true, `${table.id}: is not encrypted`),
    ...faultIf(table.property('SSESpecification', 'SSEType') !== 'KMS', `${table.id}: is not encrypted by KMS`),
    ...keyFaults(template, table, table.property('SSESpecification', 'KMSMasterKeyId')),
  ])

/** Every log group is encrypted with a key of the stack and forgets; every function writes to one of them. */
export const logFaults: Check = (template) => {
  const groups = resourcesOf(template, 'AWS::Logs::LogGroup')
  const names = groups.map((group) => group.property('LogGroupName'))
  return [
    ...groups.flatMap((group) => [
      ...keyFaults(template, group, group.property('KmsKeyId')),
      ...faultIf(typeof group.property('RetentionInDays') !== 'number', `${group.id}: keeps its lines for ever`),
    ]),
    ...resourcesOf(template, 'AWS::Lambda::Function').flatMap(({ id, property }) =>
      faultIf(!names.includes(`/aws/lambda/${property('FunctionName')}`), `${id}: makes a log group of its own`),
    ),
    ...resourcesOf(template, 'AWS::ApiGatewayV2::Stage').flatMap(({ id, property }) =>
      faultIf(!isLogGroup(template, property('AccessLogSettings', 'DestinationArn')), `${id}: writes no access log`),
    ),
  ]
}

/** A key that encrypts data is renewed each year; what was written with it can be read for as long as the data lives. */
export const keyUpkeepFaults: Check = (template) => {
  const keys = resourcesOf(template, 'AWS::KMS::Key')
  const symmetric = keys.filter(({ property }) => property('KeySpec') === undefined)
  return symmetric.flatMap(({ id, property, body }) => [
    ...faultIf(property('EnableKeyRotation') !== true, `${id}: is never renewed`),
    ...faultIf(!isRetained(body), `${id}: goes with the stack, and with it what it encrypts`),
  ])
}

export function isRetained({ DeletionPolicy: deletion, UpdateReplacePolicy: replacing }: Resource['body']): boolean {
  return deletion === 'Retain' && replacing === 'Retain'
}

function isLogGroup(template: Template, named: unknown): boolean {
  return resourceNamed(template, referenced(named))?.type === 'AWS::Logs::LogGroup'
}

function keyFaults(template: Template, { id }: Resource, named: unknown): readonly string[] {
  const key = resourceNamed(template, referenced(named))
  const isForData = key?.type === 'AWS::KMS::Key' && key.property('KeySpec') === undefined
  return faultIf(!isForData, `${id}: is not encrypted with a key of the stack`)
}
