import { expect, test } from 'vitest'
import { run } from './fake-terminal.ts'

const fault = { incidentId: 'INC-1', sequence: 3, what: 'the hash does not match' }
const verified = (faults: unknown[]) => ({
  answers: { 'GET /v1/verify': { status: 200, body: { incidents: 2, commits: 31, faults } } },
})

test('a whole record', async () => {
  expect(await run(['verify'], verified([]))).toMatchObject({
    ...{ exit: 0, out: ['31 commits of 2 incidents checked, 0 faults'], err: [] },
  })
})

test('an altered record is found, commit by commit', async () => {
  expect(await run(['verify'], verified([fault, { ...fault, sequence: null }]))).toMatchObject({
    exit: 1,
    out: [
      'INC-1 3 the hash does not match',
      'INC-1 - the hash does not match',
      '31 commits of 2 incidents checked, 2 faults',
    ],
  })
})

test('as JSON, with the same exit code', async () => {
  const ran = await run(['verify', '--json'], verified([fault]))
  expect({ exit: ran.exit, faults: JSON.parse(ran.out.join('')).faults }).toEqual({ exit: 1, faults: [fault] })
})
