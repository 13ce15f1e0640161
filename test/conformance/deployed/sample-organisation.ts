/** Longer than all the kills of one story take. */
export const WINDOW_SECONDS = 900

const mail = (id: string) => ({ id: 'mail', kind: 'email', address: `${id}@example.com`, verified: true })
const sms = (number: string) => ({ id: 'sms', kind: 'sms', address: number, verified: true })

function person(id: string, role: string, channels: object[]): object {
  return { id, name: `Sample ${id}`, zone: 'Europe/Berlin', roles: [role], offDutyCalls: false, channels }
}

const seat = (role: string, ...names: string[]) => ({
  role,
  ackWithinSeconds: WINDOW_SECONDS,
  candidates: names.map((responder) => ({ responder })),
})

/** Two seats with a backup each: one reached by e-mail, one by text message and its backup by e-mail. */
export const SAMPLE_ORGANISATION = {
  version: 1,
  responders: [
    person('ana', 'incident-commander', [mail('ana')]),
    person('ben', 'incident-commander', [mail('ben')]),
    person('eva', 'cloud-security-engineer', [sms('+4915100000001')]),
    person('fay', 'cloud-security-engineer', [mail('fay')]),
  ],
  rotations: [],
  policies: [
    {
      severity: 'SEV1',
      checkInAfterSeconds: 86_400,
      seats: [seat('incident-commander', 'ana', 'ben'), seat('cloud-security-engineer', 'eva', 'fay')],
    },
  ],
  accounts: [{ id: '*', name: 'sample', dataCategories: ['none'], residents: [], entities: [] }],
}
