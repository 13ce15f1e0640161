import { expect, test } from 'vitest'
import { run } from './fake-terminal.ts'

const ignored = {
  ...{
    findingId: 'f',
    source: 'guardduty',
    type: 't',
    severity: 'HIGH',
    title: 'A key\u0007',
    accountId: '111122223333',
  },
  ...{ reason: 'Archived', heldBy: null, recordedAt: '2027-03-10T10:00:00.000Z' },
}
const heldBy = { ruleId: 'noise', owner: 'ana', reason: 'a test', until: '2027-06-01T00:00:00.000Z' }
const PATH = 'GET /v1/findings?status=ignored'

test('a table with why, and where it goes on', async () => {
  const body = [ignored, { ...ignored, reason: 'SuppressedByRule', heldBy }]
  const headers = { link: '</v1/findings?status=ignored&limit=50&after=abc>; rel="next"' }
  const { exit, out } = await run(['findings', 'ignored'], { answers: { [PATH]: { status: 200, body, headers } } })
  expect(exit).toBe(0)
  expect(out[1]).toMatch(/^2027-03-10T10:00:00.000Z {2}HIGH +111122223333 {2}guardduty {2}Archived +A key\?$/)
  expect(out[2]).toContain('SuppressedByRule: noise of ana until 2027-06-01T00:00:00.000Z, a test')
  expect(out[3]).toBe('more: --after abc')
})

test('asks for one reason, from a place on; none is said; JSON is as it came', async () => {
  const words = ['findings', 'ignored', '--reason', 'Sample', '--limit', '2', '--after', 'abc']
  const answers = { [`${PATH}&reason=Sample&limit=2&after=abc`]: { status: 200, body: [] } }
  expect(await run(words, { answers })).toMatchObject({ exit: 0, out: ['no findings were set aside'] })
  const json = await run(['findings', 'ignored', '--json'], { answers: { [PATH]: { status: 200, body: [ignored] } } })
  expect(JSON.parse(json.out.join(''))).toEqual([ignored])
  const refused = { [PATH]: { status: 400, body: { detail: 'No.' } } }
  expect(await run(['findings', 'ignored'], { answers: refused })).toMatchObject({
    exit: 2,
    err: ['muster findings ignored: No.'],
  })
})
