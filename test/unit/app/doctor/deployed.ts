import { MemoryTable } from '../../../../shared/adapters/memory/table.ts'
import { importDirectory } from '../../../../shared/app/directory-versions.ts'
import { FINDINGS_RULES } from '../../../../shared/app/doctor/examine-rules.ts'
import { readDirectory } from '../../../../shared/app/read-directory.ts'
import { heartbeatKey } from '../../../../shared/app/rows/keys.ts'
import type { StackResource } from '../../../../shared/core/readiness/deployed-stack.ts'
import type { Looked } from '../../../../shared/core/readiness/looked.ts'
import type { DeadLetter, DeadLetters } from '../../../../shared/ports/dead-letters.ts'
import type { DeployedAccount } from '../../../../shared/ports/deployed-account.ts'
import type { Inspection } from '../../../../shared/ports/inspection.ts'

const NOW = '2027-03-10T10:00:00.000Z'
const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:muster-prod-text-messages'
const PARAMETERS = {
  MailFrom: 'muster@alerts.example.com',
  SmsIdentity: 'arn:aws:sms-voice:eu-central-1:111122223333:pool/pool-1',
}
const DIRECTORY = `version: 1
responders:
  - {id: ana, name: Ana, zone: UTC, roles: [], channels: [{id: mail, kind: email, address: a@example.com, verified: true}]}
rotations: []
policies:
  - {severity: SEV1, seats: [{role: incident-commander, ackWithinSeconds: 300, candidates: [{responder: ana}]}]}
accounts: []
`

const TYPES: [type: string, logicalIds: string[]][] = [
  ['AWS::Events::Rule', [...FINDINGS_RULES, 'MailEventsRule', 'TickRule', 'SweepRetentionRule']],
  ['AWS::SNS::Topic', ['AlarmTopic']],
  ['AWS::DynamoDB::Table', ['IncidentsTable', 'FindingsTable']],
  ['AWS::KMS::Key', ['DataKey', 'LinkKey', 'FormKey', 'NoteKey']],
  ['AWS::SES::ConfigurationSet', ['MailConfigurationSet']],
  [
    'AWS::Lambda::Function',
    ['SendEmailLambdaFunction', 'SendSmsLambdaFunction', 'TickLambdaFunction', 'SweepRetentionLambdaFunction'],
  ],
  ['AWS::SQS::Queue', ['FindingsQueue', 'WakesQueue', 'EmailQueue', 'SmsQueue', 'OtherMessagesQueue', 'RepliesQueue']],
  ['AWS::SQS::Queue', ['FindingsDeadLetters', 'WakesDeadLetters', 'MessagesDeadLetters', 'RepliesDeadLetters']],
  ['AWS::SQS::Queue', ['UndeliveredEvents', 'DispatchFailures']],
]

/** Everything that doctor asks for; what a service calls something is its name in the template. */
export const RESOURCES: StackResource[] = [
  ...TYPES.flatMap(([type, ids]) => ids.map((logicalId) => ({ type, logicalId, physicalId: logicalId }))),
  { type: 'AWS::SNS::Topic', logicalId: 'TextMessagesTopic', physicalId: TOPIC },
]

export function seen<T>(fact: T): Looked<T> {
  return { status: 'seen', fact }
}

type Parts = { readonly [Part in keyof Inspection]?: Partial<Inspection[Part]> }

/** All is well, but for what the test says. */
function inspection(change: Parts = {}): Inspection {
  const targets: Record<string, string> = {
    TickRule: 'TickLambdaFunction',
    SweepRetentionRule: 'SweepRetentionLambdaFunction',
    MailEventsRule: 'RepliesQueue',
  }
  const table = { isActive: true, isProtected: true, keyArn: 'arn:aws:kms:eu-central-1:1:key/DataKey', hasStream: true }
  return {
    stacks: {
      stack: async () => seen({ status: 'UPDATE_COMPLETE', parameters: PARAMETERS }),
      resources: async () => seen(RESOURCES),
      ...change.stacks,
    },
    rules: {
      enabled: async () => seen(true),
      targets: async (name) => seen([`arn:aws:sqs:eu-central-1:1:${targets[name] ?? 'FindingsQueue'}`]),
      ...change.rules,
    },
    topics: { subscriptions: async () => seen({ confirmed: 1, pending: 0 }), ...change.topics },
    queues: { count: async () => seen(0), ...change.queues },
    tables: { table: async () => seen(table), recoverable: async () => seen(true), ...change.tables },
    keys: {
      key: async (keyId) => seen({ state: 'Enabled', canRotate: keyId === 'DataKey' || keyId === 'NoteKey' }),
      rotates: async () => seen(true),
      ...change.keys,
    },
    mail: {
      account: async () => seen({ isOutOfSandbox: true, isSending: true, enforcement: 'HEALTHY' }),
      identity: async (name) => seen(name === 'example.com' ? { isVerified: true, isSigned: true } : null),
      configurationSet: async () => seen(true),
      eventDestinations: async () => seen([{ isEnabled: true, isEventBridge: true }]),
      ...change.mail,
    },
    sms: {
      origination: async () => seen({ kind: 'pool', isActive: true, twoWayTopicArn: TOPIC }),
      tier: async () => seen('PRODUCTION'),
      monthlyLimit: async () => seen(100),
      ...change.sms,
    },
  }
}

/** Dead letters and the queues that they go back to, in memory, by logical id. */
export class InMemoryLetters implements DeadLetters {
  readonly queues = new Map<string, DeadLetter[]>()
  /** What was done, in order: `send FindingsQueue a`. */
  readonly done: string[] = []
  /** Thrown by whatever is done so, e.g. `remove FindingsDeadLetters b`. */
  readonly faults = new Map<string, Error>()
  /** Given out, and not in sight. */
  readonly #out = new Set<string>()
  #ids = 0

  put(queue: string, ...bodies: string[]): void {
    const letters = bodies.map((body) => ({ id: `${++this.#ids}`, body, receipt: body }))
    this.queues.set(queue, [...(this.queues.get(queue) ?? []), ...letters])
  }

  bodies(queue: string): string[] {
    return (this.queues.get(queue) ?? []).map(({ body }) => body)
  }

  /** In sight, of those that are there. */
  inSight(queue: string): string[] {
    return (this.queues.get(queue) ?? []).filter(({ id }) => !this.#out.has(id)).map(({ body }) => body)
  }

  async count(queue: string): Promise<number> {
    this.#do(`count ${queue}`)
    return this.bodies(queue).length
  }

  async receive(queue: string): Promise<DeadLetter[]> {
    this.#do(`receive ${queue}`)
    const letters = (this.queues.get(queue) ?? []).filter(({ id }) => !this.#out.has(id)).slice(0, 10)
    for (const { id } of letters) this.#out.add(id)
    return letters
  }

  async send(queue: string, body: string): Promise<void> {
    this.#do(`send ${queue} ${body}`)
    this.put(queue, body)
  }

  async remove(queue: string, receipt: string): Promise<void> {
    this.#do(`remove ${queue} ${receipt}`)
    const letters = this.queues.get(queue) ?? []
    this.queues.set(
      queue,
      letters.filter((letter) => letter.receipt !== receipt),
    )
  }

  async release(queue: string, receipt: string): Promise<void> {
    this.#do(`release ${queue} ${receipt}`)
    for (const { id } of (this.queues.get(queue) ?? []).filter((letter) => letter.receipt === receipt)) {
      this.#out.delete(id)
    }
  }

  #do(what: string): void {
    this.done.push(what)
    const fault = this.faults.get(what)
    if (fault) throw fault
  }
}

/** A table with a fresh heartbeat and a directory. */
async function storedTable(): Promise<MemoryTable> {
  const table = new MemoryTable()
  await table.put('incidents', { ...heartbeatKey, at: NOW })
  const read = readDirectory(DIRECTORY)
  if (!read.ok) throw new Error('the directory of the test is wrong')
  const real = { nowMs: () => 0, sleep: async () => {} }
  const random = { unit: () => 0, id: () => 'id' }
  await importDirectory({ table, real, random }, read.directory, NOW)
  return table
}

/** A Muster with nothing wrong, but for what the test says. */
export async function deployed(
  change: Parts & { readonly table?: DeployedAccount['table']; readonly deadLetters?: DeadLetters } = {},
): Promise<DeployedAccount> {
  const stored = await storedTable()
  const { table = () => stored, deadLetters = new InMemoryLetters() } = change
  return { region: 'eu-central-1', inspection: inspection(change), deadLetters, time: { now: () => NOW }, table }
}
