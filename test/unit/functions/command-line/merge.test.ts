import { expect, test } from 'vitest'
import { run } from './fake-terminal.ts'

const WORDS = ['merge', 'inc-2', '--into', 'inc-1', '--as', 'ana', '--reason', 'one attack']
const PATH = 'POST /v1/incidents/inc-2/merge'
const GOES_ON = { id: 'inc-1', severity: 'SEV1', title: 'A key leaked' }

test('merges, with a key of its own each time, and says what goes on', async () => {
  const answers = { [PATH]: { status: 200, body: GOES_ON } }
  const said = await run(WORDS, { answers })
  expect(said).toMatchObject({ exit: 0, out: ['inc-2 goes on in inc-1  SEV1  A key leaked'], err: [] })
  expect(said.asked.map(({ body }) => JSON.parse(String(body)))).toEqual([
    { responderId: 'ana', reason: 'one attack', into: 'inc-1' },
  ])
  const json = await run([...WORDS, '--json'], { answers })
  expect(JSON.parse(json.out[0] ?? '')).toEqual(GOES_ON)
  expect(json.asked[0]?.headers.get('idempotency-key')).not.toBe(said.asked[0]?.headers.get('idempotency-key'))
})

test('says why it is refused, and what is missing', async () => {
  const answers = { [PATH]: { status: 409, body: { detail: 'The incident was merged into inc-0.' } } }
  expect(await run(WORDS, { answers })).toMatchObject({
    exit: 1,
    err: ['muster merge: The incident was merged into inc-0.'],
  })
  expect(await run(WORDS.slice(0, 4))).toMatchObject({ exit: 2, out: [] })
})

test('split: the findings that leave open one of their own', async () => {
  const words = ['split', 'inc-1', '--findings', 'a, b', '--as', 'ana', '--reason', 'another thing']
  const path = 'POST /v1/incidents/inc-1/split'
  const said = await run(words, { answers: { [path]: { status: 201, body: { ...GOES_ON, id: 'inc-7' } } } })
  expect(said).toMatchObject({ exit: 0, out: ['opened inc-7  SEV1  A key leaked'] })
  expect(said.asked.map(({ body }) => JSON.parse(String(body)))).toEqual([
    { responderId: 'ana', reason: 'another thing', findings: ['a', 'b'] },
  ])
  const refused = await run(words, { answers: { [path]: { status: 403, body: { detail: 'Not allowed.' } } } })
  expect(refused).toMatchObject({ exit: 1, err: ['muster split: Not allowed.'] })
})
