import { expect, test } from 'vitest'
import { run } from './fake-terminal.ts'

const ana = { at: '2027-03-08T00:00:00.000Z', responderId: 'ana', reason: 'OnCall', until: '2027-03-08T14:00:00.000Z' }
const role = 'GET /v1/on-call?role=incident-commander'

test('names the person, why and until when', async () => {
  const ran = await run(['on-call', '--role', 'incident-commander'], {
    answers: { [role]: { status: 200, body: ana } },
  })
  expect(ran).toMatchObject({ exit: 0, out: ['ana (OnCall) until 2027-03-08T14:00:00.000Z'], err: [] })
})

test('a rotation at an instant, as JSON', async () => {
  const asked = 'GET /v1/on-call?rotation=commanders&at=2027-03-08T01%3A00%2B01%3A00'
  const words = ['on-call', '--rotation=commanders', '--at', '2027-03-08T01:00+01:00', '--json']
  const ran = await run(words, { answers: { [asked]: { status: 200, body: ana } } })
  expect({ exit: ran.exit, said: JSON.parse(ran.out.join('')) }).toEqual({ exit: 0, said: ana })
})

test('nobody is a finding', async () => {
  const body = { ...ana, responderId: null, reason: null, until: null }
  const ran = await run(['on-call', '--role', 'incident-commander'], { answers: { [role]: { status: 200, body } } })
  expect(ran).toMatchObject({ exit: 1, out: ['nobody'] })
})
