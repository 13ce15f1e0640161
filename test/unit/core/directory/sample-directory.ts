import type { Directory, Responder, Rotation } from '../../../../shared/core/directory/directory.ts'

/** A person of the sample organisation with one verified channel; `change` says what is different. */
export function person(id: string, change: Partial<Responder> = {}): Responder {
  return {
    id,
    name: `Sample ${id}`,
    zone: 'Europe/Berlin',
    roles: ['incident-commander'],
    offDutyCalls: false,
    channels: [{ id: 'mail', kind: 'email', address: `${id}@example.com`, verified: true }],
    absences: [],
    quietHours: null,
    leavesAt: null,
    principals: [],
    ...change,
  }
}

export function weekly(responders: string[], change: Partial<Rotation> = {}): Rotation {
  const zone = 'Europe/Berlin'
  return { id: 'commanders', zone, startsAt: '2027-03-01T09:00', every: 'P1W', responders, overrides: [], ...change }
}

export function organisation(change: Partial<Directory> = {}): Directory {
  return { version: 1, responders: [], rotations: [], policies: [], accounts: [], ...change }
}
