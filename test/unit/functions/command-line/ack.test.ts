import { expect, test } from 'vitest'
import { run } from './fake-terminal.ts'

const PATH = 'POST /v1/incidents/INC%2F1/seats/incident-commander/acknowledge'
const WORDS = ['ack', 'INC/1', 'incident-commander', 'ben']

test('takes the seat, with a key of its own each time', async () => {
  const answers = { [PATH]: { status: 200, body: { holder: 'ben' } } }
  const [first, second] = [await run(WORDS, { answers }), await run([...WORDS, '--json'], { answers })]
  expect(first).toMatchObject({ exit: 0, out: ['ben holds incident-commander of INC/1'], err: [] })
  expect(first.asked.map(({ body }) => body)).toEqual(['{"responderId":"ben"}'])
  expect(second).toMatchObject({ exit: 0, out: ['{"holder":"ben"}'] })
  const keys = [first, second].map(({ asked }) => asked[0]?.headers.get('idempotency-key') ?? '')
  expect(keys.every((key) => key.length >= 16) && keys[0] !== keys[1]).toBe(true)
})

test('a seat that another holds is named with the holder', async () => {
  const answers = { [PATH]: { status: 409, body: { title: 'taken', holder: 'ana' } } }
  expect(await run(WORDS, { answers })).toMatchObject({ exit: 1, out: [], err: ['muster ack: taken (held by ana)'] })
})
