import { createHash } from 'node:crypto'
import { createApi } from '../../../../functions/serve-api/api.ts'
import type { ApiDependencies } from '../../../../functions/serve-api/api-dependencies.ts'
import { linkSigner } from '../../../../shared/adapters/node-crypto/link-signer.ts'
import { noteCipher } from '../../../../shared/adapters/node-crypto/note-cipher.ts'
import type { IntakeResult } from '../../../../shared/app/intake.ts'
import { readDirectory } from '../../../../shared/app/read-directory.ts'
import { type KeepRefused, receiveEvents } from '../../../../shared/app/receive-events.ts'
import { PERSON } from '../../../../shared/app/run-command.ts'
import type { OutgoingMessage } from '../../../../shared/ports/message-provider.ts'
import type { Table } from '../../../../shared/ports/table.ts'
import { InMemoryMuster } from '../../app/in-memory-muster.ts'

export const EU_ACCOUNT = '111122223333'
const PLAIN_ACCOUNT = '444455556666'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came.
  readonly json: any
}

/** The API over all of Muster in memory; each answer comes when everything due at that moment is done. */
export class InMemoryApi {
  readonly muster: InMemoryMuster
  readonly deps: ApiDependencies
  readonly #fetch: (request: Request) => Promise<Response> | Response

  private constructor(muster: InMemoryMuster) {
    const signer = linkSigner(Buffer.alloc(32, 1))
    Object.assign(muster.deps, { signer })
    const intake = (events: readonly unknown[], keep?: KeepRefused) =>
      receiveEvents(muster.deps, events, { now: muster.now, patience: PERSON, tellsSeverity: true }, keep)
    this.muster = muster
    this.deps = { ...muster.deps, forms: signer, verifier: signer, cipher: noteCipher(Buffer.alloc(32, 2)), intake }
    this.#fetch = createApi(this.deps).fetch
  }

  static async start(directory: object = sampleOrganisation(), table?: Table): Promise<InMemoryApi> {
    const muster = new InMemoryMuster(table)
    const read = readDirectory(JSON.stringify(directory))
    if (!read.ok) throw new Error(JSON.stringify(read.errors))
    await muster.use(read.directory)
    return new InMemoryApi(muster)
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const init = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
    const request = new Request(`https://muster.example.com${path}`, { method, headers, ...init })
    const response = await this.#fetch(request)
    const text = await response.text()
    await this.settle()
    return { status: response.status, headers: response.headers, text, json: parsedOrNull(text) }
  }

  get(path: string, headers?: Record<string, string>): Promise<Answer> {
    return this.call('GET', path, undefined, headers)
  }

  post(path: string, body: unknown = {}, headers?: Record<string, string>): Promise<Answer> {
    return this.call('POST', path, body, headers)
  }

  /** Opens an incident by a finding and gives its id. */
  async open(finding: Partial<SampleFinding> = {}): Promise<string> {
    const [result] = (await this.post('/v1/events', sampleFinding(finding, this.muster.now))).json
      .results as IntakeResult[]
    if (!result?.incidentId) throw new Error(JSON.stringify(result))
    return result.incidentId
  }

  async settle(): Promise<void> {
    for (const id of await this.incidentIds()) await this.muster.follow(id)
  }

  async advance(seconds: number): Promise<void> {
    const [id] = await this.incidentIds()
    if (id !== undefined) await this.muster.advance(id, seconds)
  }

  async incidentIds(): Promise<string[]> {
    const ids = new Set<string>()
    for await (const { pk } of this.muster.table.scan('incidents')) if (pk.startsWith('INC#')) ids.add(pk.slice(4))
    return [...ids]
  }

  /** Everything that is stored, to be compared: what is the same has not been changed. */
  async everything(): Promise<string> {
    const rows: unknown[] = []
    for (const table of ['incidents', 'findings'] as const) {
      for await (const item of this.muster.table.scan(table)) rows.push(item)
    }
    return JSON.stringify(rows)
  }

  /** The last page to somebody, and the path of its link for a seat. */
  linkTo(responderId: string, role: string, channel = 'email'): { path: string; code: string | null } {
    const isTheirs = (message: OutgoingMessage) => message.responderId === responderId && message.channel === channel
    const seat = this.muster.sent
      .filter(isTheirs)
      .at(-1)
      ?.seats.find((one) => one.role === role)
    if (seat === undefined) throw new Error(`no ${channel} to ${responderId} for ${role}`)
    return { path: new URL(seat.acknowledgeUrl).pathname, code: seat.code }
  }
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export interface SampleFinding {
  readonly id: string
  readonly severity: number
  readonly account: string
  readonly user: string
  readonly updatedAt: string
}

/** A GuardDuty finding in its envelope. */
export function sampleFinding(change: Partial<SampleFinding>, now: string) {
  const { id = 'one', severity = 9.5, account = PLAIN_ACCOUNT, user = 'sample-user', updatedAt = now } = change
  const findingId = createHash('sha256').update(id).digest('hex').slice(0, 32)
  const accessKeyDetails = {
    accessKeyId: 'ASIAEXAMPLE',
    principalId: 'AIDAEXAMPLE',
    userType: 'IAMUser',
    userName: user,
  }
  return {
    version: '0',
    id,
    'detail-type': 'GuardDuty Finding',
    source: 'aws.guardduty',
    account,
    time: updatedAt,
    region: 'eu-central-1',
    detail: {
      schemaVersion: '2.0',
      accountId: account,
      region: 'eu-central-1',
      partition: 'aws',
      id: findingId,
      arn: `arn:aws:guardduty:eu-central-1:${account}:detector/d1/finding/${findingId}`,
      type: 'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
      severity,
      resource: { resourceType: 'AccessKey', accessKeyDetails },
      service: { serviceName: 'guardduty', eventFirstSeen: now, eventLastSeen: updatedAt, archived: false, count: 1 },
      createdAt: now,
      updatedAt,
      title: `Credentials of ${user} <used> elsewhere & more`,
      description: 'A sample.',
    },
  }
}

function responder(id: string, role: string, change: object = {}) {
  const channels = [
    { id: 'mail', kind: 'email', address: `${id}@example.com`, verified: true },
    { id: 'phone', kind: 'sms', address: '+12025550123', verified: true },
  ]
  return { id, name: `Sample ${id}`, zone: 'Europe/Berlin', roles: [role], offDutyCalls: true, channels, ...change }
}

/** Two people for each of three seats; SEV1 and SEV3 have policies. */
export function sampleOrganisation(change: (directory: Record<string, unknown>) => object = (same) => same): object {
  const seat = (role: string, ...ids: string[]) => ({
    role,
    ackWithinSeconds: 300,
    candidates: ids.map((id) => ({ responder: id })),
  })
  const commander = seat('incident-commander', 'ana', 'ben')
  return change({
    version: 1,
    responders: [
      responder('ana', 'incident-commander'),
      responder('ben', 'incident-commander'),
      responder('dee', 'cloud-security-engineer'),
      responder('eli', 'cloud-security-engineer'),
      responder('lena', 'legal-counsel'),
      responder('luc', 'legal-counsel'),
      responder('old', 'incident-commander', { leavesAt: '2027-01-01T00:00Z' }),
    ],
    rotations: [
      {
        id: 'commanders',
        zone: 'Europe/Berlin',
        startsAt: '2027-03-01T09:00',
        every: 'P1W',
        responders: ['ana', 'ben'],
      },
    ],
    policies: [
      {
        severity: 'SEV1',
        seats: [commander, seat('cloud-security-engineer', 'dee', 'eli'), seat('legal-counsel', 'lena', 'luc')],
      },
      { severity: 'SEV3', seats: [commander] },
    ],
    accounts: [
      {
        id: EU_ACCOUNT,
        name: 'sample-eu',
        environment: 'production',
        dataCategories: ['personal'],
        residents: ['EU'],
        entities: [{ id: 'example-gmbh', country: 'DE', classes: ['controller'] }],
      },
      { id: PLAIN_ACCOUNT, name: 'sample-plain', environment: 'production', dataCategories: ['none'], residents: [] },
    ],
  })
}
