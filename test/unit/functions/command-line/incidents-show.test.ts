import { expect, test } from 'vitest'
import { run } from './fake-terminal.ts'

const at = (minute: number) => `2027-03-06T02:${minute}:00.000Z`
const attempt = (responderId: string, minute: number, outcome: string, reason: string | null) => ({
  ...{ responderId, channel: outcome === 'skipped' ? null : 'mail', at: at(minute), outcome, reason },
})
const incident = {
  ...{ id: 'INC-1', title: 'Leaked\u001bkey', severity: 'SEV1', status: 'open', openedAt: at(12), awarenessAt: null },
  accounts: ['111122223333'],
  seats: [
    {
      ...{ role: 'incident-commander', status: 'engaging', holder: 'ana', acting: true },
      attempts: [attempt('cho', 12, 'skipped', 'Absent'), attempt('ana', 17, 'sent', null)],
    },
    {
      role: 'legal-counsel',
      status: 'engaging',
      holder: null,
      acting: false,
      attempts: [attempt('lena', 13, 'sent', 'OnCall')],
    },
  ],
  clocks: [
    {
      ...{ obligationId: 'eu-gdpr-art33-authority', entityId: 'example-gmbh', status: 'provisional' },
      stages: [{ id: 'notify', status: 'running', dueAt: null, safeDueAt: '2027-03-09T02:12:00.000Z' }],
    },
  ],
}
const answers = { 'GET /v1/incidents/INC-1': { status: 200, body: incident } }

test('seats, calls in the order of time, clocks', async () => {
  expect(await run(['incidents', 'show', 'INC-1'], { answers })).toMatchObject({
    exit: 0,
    out: [
      'INC-1  SEV1  open  Leaked?key',
      '',
      `opened ${at(12)}, awareness not recorded, accounts 111122223333`,
      '',
      'SEAT                STATUS    HOLDER',
      'incident-commander  engaging  ana (acting)',
      'legal-counsel       engaging  -',
      '',
      'CALLED                    SEAT                RESPONDER  CHANNEL  OUTCOME  REASON',
      `${at(12)}  incident-commander  cho        -        skipped  Absent`,
      `${at(13)}  legal-counsel       lena       mail     sent     OnCall`,
      `${at(17)}  incident-commander  ana        mail     sent     -`,
      '',
      'OBLIGATION               ENTITY        CLOCK        STAGE   STATUS   DUE  SAFE DUE',
      'eu-gdpr-art33-authority  example-gmbh  provisional  notify  running  -    2027-03-09T02:12:00.000Z',
    ],
  })
})

test('as JSON it is what Muster answered', async () => {
  const ran = await run(['incidents', 'show', 'INC-1', '--json'], { answers })
  expect(JSON.parse(ran.out.join(''))).toEqual(incident)
})

test('an incident without seats and clocks has no empty tables', async () => {
  const body = { ...incident, awarenessAt: at(30), seats: [], clocks: [] }
  const ran = await run(['incidents', 'show', 'INC-1'], {
    answers: { 'GET /v1/incidents/INC-1': { status: 200, body } },
  })
  expect(ran.out.slice(1)).toEqual(['', `opened ${at(12)}, awareness ${at(30)}, accounts 111122223333`])
})

test('an unknown incident is bad input', async () => {
  const gone = { 'GET /v1/incidents/INC-2': { status: 404, body: { detail: 'no incident INC-2' } } }
  expect(await run(['incidents', 'show', 'INC-2'], { answers: gone })).toMatchObject({
    ...{ exit: 2, err: ['muster incidents show: no incident INC-2'] },
  })
})
