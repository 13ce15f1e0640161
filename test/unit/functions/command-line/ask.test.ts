import { expect, test } from 'vitest'
import { run } from './fake-terminal.ts'

const VERIFY = 'GET /v1/verify'
const HINT = 'is it running? `npm start` starts it here, MUSTER_URL names another'

test.each([
  [
    new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:8787') }),
    'connect ECONNREFUSED 127.0.0.1:8787',
  ],
  [new TypeError('fetch failed', { cause: Object.assign(new Error(''), { code: 'ECONNRESET' }) }), 'ECONNRESET'],
  [
    new DOMException('The operation was aborted due to timeout', 'TimeoutError'),
    'The operation was aborted due to timeout',
  ],
])('without an answer: 2 and a hint', async (fault, why) => {
  const { exit, out, err } = await run(['verify'], { answers: { [VERIFY]: fault } })
  expect({ exit, out }).toEqual({ exit: 2, out: [] })
  expect(err).toEqual([`muster verify: no answer from http://muster.test (${why}); ${HINT}`])
})

test.each([
  [403, { title: 'Forbidden', detail: 'Ana already holds legal-counsel' }, 1, 'Ana already holds legal-counsel'],
  [409, { title: 'Conflict', detail: 'the seat is taken', holder: 'ben' }, 1, 'the seat is taken (held by ben)'],
  [409, { title: 'Conflict', detail: 'held by ben', holder: 'ben' }, 1, 'held by ben'],
  [410, { title: 'Gone' }, 1, 'Gone'],
  [400, { detail: 'at: expected an instant' }, 2, 'at: expected an instant'],
  [
    400,
    {
      detail: 'The query is not valid.',
      errors: [{ path: 'at', line: null, found: '"noon"', expected: 'an instant' }],
    },
    2,
    'The query is not valid. at: found "noon", expected an instant.',
  ],
  [
    400,
    {
      detail: 'at: expected an instant.',
      errors: [{ path: 'at', line: null, found: '"noon"', expected: 'an instant' }],
    },
    2,
    'at: expected an instant.',
  ],
  [404, 'not json', 2, 'answered 404'],
  [500, {}, 2, 'answered 500'],
  [200, '<html>', 2, 'http://muster.test does not answer like Muster'],
  [200, { incidents: 'many' }, 2, 'http://muster.test does not answer like Muster'],
])('an answer %i %j ends with %i', async (status, body, exit, complaint) => {
  expect(await run(['verify', '--json'], { answers: { [VERIFY]: { status, body } } })).toMatchObject({
    ...{ exit, out: [], err: [`muster verify: ${complaint}`] },
  })
})

test('a refusal cannot steer the terminal', async () => {
  const answers = { [VERIFY]: { status: 400, body: { detail: 'a\u001b[2Jb\nc' } } }
  expect((await run(['verify'], { answers })).err).toEqual(['muster verify: ab?c'])
})
