import { createHash } from 'node:crypto'

export const PROOF_ROLES = [
  'incident-commander',
  'cloud-security-engineer',
  'communications-coordinator',
  'legal-counsel',
] as const
/** The first holds personal data of EU residents. */
export const PROOF_ACCOUNTS = ['111122223333', '444455556666'] as const

/** A sample organisation: three people for each seat, one channel each, check-ins far away. */
export function proofDirectory(): object {
  const responders = PROOF_ROLES.flatMap((role) =>
    [1, 2, 3].map((number) => ({
      id: `${role}-${number}`,
      name: `Sample ${number}`,
      zone: 'Europe/Berlin',
      roles: [role],
      offDutyCalls: false,
      channels: [{ id: 'mail', kind: 'email', address: `${role}-${number}@example.com`, verified: true }],
    })),
  )
  const seats = PROOF_ROLES.map((role) => ({
    role,
    ackWithinSeconds: 300,
    candidates: [{ responder: `${role}-1` }, { responder: `${role}-2` }],
  }))
  const policies = ['SEV1', 'SEV2'].map((severity) => ({ severity, checkInAfterSeconds: 604_800, seats }))
  return { version: 1, responders, rotations: [], policies, accounts: accounts() }
}

function accounts(): object[] {
  const entity = { id: 'sample-gmbh', country: 'DE', classes: ['controller'] }
  return [
    { id: PROOF_ACCOUNTS[0], name: 'sample-eu', dataCategories: ['personal'], residents: ['EU'], entities: [entity] },
    { id: PROOF_ACCOUNTS[1], name: 'sample-plain', dataCategories: ['none'], residents: [], entities: [] },
  ]
}

/** A GuardDuty finding of severity 9, as EventBridge delivers it. */
export function proofEvent(name: string, user: string, account: string, at: string): object {
  const id = createHash('sha256').update(name).digest('hex').slice(0, 32)
  const accessKeyDetails = {
    accessKeyId: 'ASIAEXAMPLE',
    principalId: `AIDA${user}`,
    userType: 'IAMUser',
    userName: user,
  }
  const service = {
    serviceName: 'guardduty',
    eventFirstSeen: at,
    eventLastSeen: at,
    archived: false,
    count: 1,
    additionalInfo: {},
  }
  return {
    version: '0',
    id: `event-${name}`,
    'detail-type': 'GuardDuty Finding',
    source: 'aws.guardduty',
    account,
    time: at,
    region: 'eu-central-1',
    resources: [],
    detail: {
      schemaVersion: '2.0',
      accountId: account,
      region: 'eu-central-1',
      partition: 'aws',
      id,
      arn: `arn:aws:guardduty:eu-central-1:${account}:detector/d0/finding/${id}`,
      type: 'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
      severity: 9,
      resource: { resourceType: 'AccessKey', accessKeyDetails },
      service,
      createdAt: at,
      updatedAt: at,
      title: `Credentials of ${user} were used from outside.`,
      description: 'A sample finding.',
    },
  }
}
