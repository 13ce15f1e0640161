import { isAllowed } from '../iam-policy/is-allowed.ts'
import type { RecordedCall } from '../recording/recorded-call.ts'
import { ACCOUNT, type PackagedStack, REGION } from './packaged-stack.ts'

interface Need {
  readonly action: string
  readonly resource: string
  readonly context: Readonly<Record<string, string | readonly string[]>>
}

/** What a function called that its role of the packaged template does not allow. */
export function forbiddenCalls(stack: PackagedStack, name: string, calls: readonly RecordedCall[]): string[] {
  const policies = stack.properties<{ PolicyDocument: unknown }[]>(`${name}Role`, 'Policies')
  const documents = policies.map(({ PolicyDocument }) => PolicyDocument)
  const needs = new Map(calls.flatMap(needsOf).map((need) => [JSON.stringify(need), need]))
  return [...needs.values()]
    .filter((need) => isAllowed(documents, need) !== 'allowed')
    .map(({ action, resource }) => `${name} ${action} ${resource}`)
}

const arn = (service: string, rest: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`

function needsOf({ service, operation, input }: RecordedCall): Need[] {
  const given = (input ?? {}) as Readonly<Record<string, never>>
  const readers: Readonly<Record<string, () => Need[]>> = {
    dynamodb: () => tableNeeds(`dynamodb:${operation}`, given),
    sqs: () => [
      {
        action: `sqs:${operation?.replace(/Batch$/, '')}`,
        resource: arn('sqs', String(given.QueueUrl).split('/').at(-1) ?? ''),
        context: {},
      },
    ],
    kms: () => [{ action: `kms:${operation}`, resource: String(given.KeyId), context: kmsContext(given) }],
    sesv2: () => mailNeeds(operation ?? '', given),
    'pinpoint-sms-voice-v2': () => [
      { action: `sms-voice:${operation}`, resource: String(given.OriginationIdentity), context: {} },
    ],
  }
  const read = readers[service ?? '']
  if (read === undefined) throw new Error(`nobody knows what ${service}.${operation} needs`)
  return read()
}

function tableNeeds(action: string, { TableName, IndexName, RequestItems }: Readonly<Record<string, never>>): Need[] {
  const tableOf = (name: string) => arn('dynamodb', `table/${name}`)
  if (TableName !== undefined) {
    const index = IndexName === undefined ? '' : `/index/${IndexName}`
    return [{ action, resource: `${tableOf(TableName)}${index}`, context: {} }]
  }
  return Object.entries(RequestItems ?? {}).map(([name, items]) => ({
    action,
    resource: tableOf(name),
    context: Array.isArray(items) ? { 'dynamodb:LeadingKeys': items.map(writtenPk) } : {},
  }))
}

function writtenPk({ PutRequest }: { PutRequest?: { Item: { pk: { S: string } } } }): string {
  return PutRequest?.Item.pk.S ?? 'deleted'
}

function kmsContext({ MacAlgorithm, EncryptionContext }: Readonly<Record<string, never>>): Record<string, string> {
  const entries = Object.entries((EncryptionContext ?? {}) as Record<string, string>)
  return {
    ...(MacAlgorithm === undefined ? {} : { 'kms:MacAlgorithm': String(MacAlgorithm) }),
    ...Object.fromEntries(entries.map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
  }
}

/** A mail needs its sender's identity and its configuration set. */
function mailNeeds(operation: string, given: Readonly<Record<string, never>>): Need[] {
  const action = `ses:${operation}`
  if (operation !== 'SendEmail') return [{ action, resource: '*', context: {} }]
  const from = String(given.FromEmailAddress)
  const context = { 'ses:FromAddress': from }
  return [`identity/${from}`, `configuration-set/${given.ConfigurationSetName}`].map((rest) => ({
    action,
    resource: arn('ses', rest),
    context,
  }))
}
