import { expect, test } from 'vitest'
import { run } from './fake-terminal.ts'

const one = {
  ...{ id: 'q-1', at: '2027-03-10T10:00:00.000Z', reason: 'detail.id: expected an id', eventBytes: 12 },
  ...{
    errors: [{ findingId: null, path: 'detail.id', expected: 'an id' }],
    settledAt: null,
    event: { a: '\u001b[2J' },
  },
}
const result = { findingId: 'f', outcome: 'opened', incidentId: 'inc-1', reason: null }
const settled = { ...one, settledAt: '2027-03-10T11:00:00.000Z', results: [result] }
const still = { ...one, id: 'q-2', results: [{ ...result, outcome: 'rejected', incidentId: null, reason: 'no id' }] }
const ok = (body: unknown) => ({ status: 200, body })

test('list: a table, only the open ones, nothing', async () => {
  const answers = { 'GET /v1/quarantine': ok([one, settled]), 'GET /v1/quarantine?status=open&limit=5': ok([]) }
  expect((await run(['quarantine', 'list'], { answers })).out).toEqual([
    'ID   CAME                      STATUS                            BYTES  REASON',
    'q-1  2027-03-10T10:00:00.000Z  open                              12     detail.id: expected an id',
    'q-1  2027-03-10T10:00:00.000Z  settled 2027-03-10T11:00:00.000Z  12     detail.id: expected an id',
  ])
  const few = await run(['quarantine', 'list', '--status', 'open', '--limit', '5'], { answers })
  expect(few).toMatchObject({ exit: 0, out: ['nothing in quarantine'] })
  expect(JSON.parse((await run(['quarantine', 'list', '--json'], { answers })).out.join(''))).toHaveLength(2)
})

test('show: every error and the whole event, which cannot steer the terminal', async () => {
  const { exit, out } = await run(['quarantine', 'show', 'q-1'], { answers: { 'GET /v1/quarantine/q-1': ok(one) } })
  expect(exit).toBe(0)
  expect(out).toContain('detail.id: expected an id')
  expect(out.join('\n')).toContain('"a": "')
  expect(out.join('\n')).not.toContain('\u001b')
  const none = { 'GET /v1/quarantine/x': { status: 404, body: { detail: 'There is no such quarantined event.' } } }
  expect(await run(['quarantine', 'show', 'x'], { answers: none })).toMatchObject({ exit: 2, out: [] })
})

test('retry: one, with what became of it', async () => {
  const answers = {
    'POST /v1/quarantine/q-1/retry': ok(settled),
    'POST /v1/quarantine/q-2/retry': ok(still),
    'POST /v1/quarantine/q-3/retry': { status: 503, body: { title: 'Try again' } },
  }
  const retry = (...words: string[]) => run(['quarantine', 'retry', ...words], { answers })
  expect(await retry('q-1')).toMatchObject({
    ...{ exit: 0, out: ['q-1  settled 2027-03-10T11:00:00.000Z', '  f  opened  inc-1'] },
  })
  expect(await retry('q-2')).toMatchObject({
    ...{ exit: 1, out: ['q-2  still open: detail.id: expected an id', '  f  rejected  no id'] },
  })
  expect(await retry('q-3')).toMatchObject({ exit: 2, err: ['muster quarantine retry: Try again'] })
  expect(JSON.parse((await retry('q-1', '--json')).out.join(''))).toEqual(settled)
  expect(await retry()).toMatchObject({ exit: 2, err: ['muster quarantine retry: expected either an id or --all'] })
  expect((await retry('q-1', '--all')).exit).toBe(2)
})

test('retry --all: every open one, list by list, until a list is empty', async () => {
  const list = 'GET /v1/quarantine?status=open&limit=200'
  const answers = {
    [list]: ok([{ id: 'q-2' }, { id: 'q-1' }]),
    [`${list}&before=q-1`]: ok([{ id: 'q-0' }]),
    [`${list}&before=q-0`]: ok([]),
    'POST /v1/quarantine/q-0/retry': ok(settled),
    'POST /v1/quarantine/q-1/retry': ok(settled),
    'POST /v1/quarantine/q-2/retry': ok(still),
  }
  const { exit, asked } = await run(['quarantine', 'retry', '--all'], { answers })
  const [none, one, two] = ['q-0', 'q-1', 'q-2'].map((id) => `POST /v1/quarantine/${id}/retry`) as [
    string,
    string,
    string,
  ]
  const lists = [`${list}&before=q-1`, `${list}&before=q-0`]
  expect([exit, asked.map(({ what }) => what)]).toEqual([1, [list, one, two, lists[0], none, lists[1]]])
  const unsettled = await run(['quarantine', 'retry', '--all'], {
    answers: { ...answers, [two]: ok({ ...still, results: [result] }) },
  })
  expect(unsettled.exit).toBe(1)
  const gone = await run(['quarantine', 'retry', '--all'], {
    answers: { ...answers, [one]: { status: 503, body: {} } },
  })
  expect([gone.exit, gone.asked.length]).toEqual([2, 2])
  expect(await run(['quarantine', 'retry', '--all'], { answers: { [list]: ok([]) } })).toMatchObject({
    exit: 0,
    out: [],
  })
})
