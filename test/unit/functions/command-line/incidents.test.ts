import { expect, test } from 'vitest'
import { run } from './fake-terminal.ts'

const incident = {
  ...{ id: 'INC-1', title: 'Leaked key', severity: 'SEV1', status: 'open', openedAt: '2027-03-06T02:12:07.000Z' },
  seats: [
    { role: 'incident-commander', status: 'taken', holder: 'ben' },
    { role: 'legal-counsel', status: 'engaging', holder: null },
  ],
}
const worse = { ...incident, id: 'INC-2', seats: [{ role: 'legal-counsel', status: 'exhausted', holder: null }] }

test('a table, with how the seats stand', async () => {
  const ran = await run(['incidents'], { answers: { 'GET /v1/incidents': { status: 200, body: [incident, worse] } } })
  expect(ran).toMatchObject({
    exit: 0,
    out: [
      'ID     SEVERITY  STATUS  OPENED                    SEATS                      TITLE',
      'INC-1  SEV1      open    2027-03-06T02:12:07.000Z  1 of 2 taken               Leaked key',
      'INC-2  SEV1      open    2027-03-06T02:12:07.000Z  0 of 1 taken, 1 exhausted  Leaked key',
    ],
  })
})

test('only the closed ones; none is said, or is an empty list', async () => {
  const answers = { 'GET /v1/incidents?status=closed': { status: 200, body: [] } }
  expect(await run(['incidents', '--status', 'closed'], { answers })).toMatchObject({ exit: 0, out: ['no incidents'] })
  expect(await run(['incidents', '--status=closed', '--json'], { answers })).toMatchObject({ exit: 0, out: ['[]'] })
})

test('further pages are fetched, from the same Muster only', async () => {
  const linked = (id: string, link: string) => ({ status: 200, body: [{ ...incident, id }], headers: { link } })
  const answers = {
    'GET /v1/incidents': linked('INC-1', '</v1/incidents?limit=50&cursor=a>; rel="next"'),
    'GET /v1/incidents?limit=50&cursor=a': linked('INC-2', '<http://elsewhere.test/v1/incidents>; rel="next"'),
  }
  const { exit, out } = await run(['incidents', '--json'], { answers })
  expect({ exit, ids: JSON.parse(out.join('')).map(({ id }: { id: string }) => id) }).toEqual({
    exit: 0,
    ids: ['INC-1', 'INC-2'],
  })
  const broken = { ...answers, 'GET /v1/incidents?limit=50&cursor=a': { status: 503, body: { title: 'Try again' } } }
  expect(await run(['incidents'], { answers: broken })).toMatchObject({
    exit: 2,
    out: [],
    err: ['muster incidents: Try again'],
  })
})
