import { expect, test } from 'vitest'
import { sampleText } from '../../sources/sample-events.ts'
import { run } from './fake-terminal.ts'

const DIRECTORY = `version: 1
responders:
  - {id: ana, zone: Europe/Berlin, roles: [incident-commander],
     channels: [{id: mail, kind: email, address: ana@example.com, verified: true}],
     absences: [{from: 2027-01-01T00:00Z, until: 2028-01-01T00:00Z, deputy: null}]}
  - {id: ben, zone: Europe/Berlin, roles: [incident-commander],
     channels: [{id: mail, kind: email, address: ben@example.com, verified: true}]}
policies:
  - {severity: SEV1, seats: [{role: incident-commander, ackWithinSeconds: 300, candidates: [{responder: ana}, {responder: ben}]}]}
findings:
  severities:
    - {id: leaks, filter: {type: "*Exfiltration*"}, severity: CRITICAL, use: raise}
  suppressions:
    - {id: noise, kind: suppression, filter: {severity: CRITICAL}, owner: ana, reason: a test,
       from: 2027-03-11T00:00Z, until: 2027-03-12T00:00Z}
`
const files = { 'a.json': sampleText('guardduty/leaked-access-key'), 'd.yml': DIRECTORY }
const offline = { files, isUrlGiven: false }

test('by a directory file: severity, rules, group, who is called, in words', async () => {
  const { exit, out, asked } = await run(['findings', 'explain', 'a.json', '--directory', 'd.yml'], offline)
  expect({ exit, asked }).toEqual({ exit: 0, asked: [] })
  expect(out.slice(0, -1)).toEqual([
    'a.json [0]  guardduty  UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
    '  Credentials of the instance role payments-api-role were used from an external IP address.',
    '  severity  CRITICAL by the rule leaks',
    expect.stringMatching(/^ {2}group {5}account 111122223333, actor payments-api-role, family UnauthorizedAccess/),
    '  pages     as SEV1',
    '  calls     incident-commander: ben (Backup) at 2027-03-10T10:00:00.000Z; passed over: ana (Absent)',
  ])
})

test('at another instant it may be held back, by whom and why', async () => {
  const words = ['findings', 'explain', 'a.json', '--directory', 'd.yml', '--at', '2027-03-11T12:00+01:00']
  expect((await run(words, offline)).out).toContain(
    '  set aside SuppressedByRule: rule noise of ana until 2027-03-12T00:00:00.000Z: a test',
  )
  const [line = ''] = (await run([...words, '--json'], offline)).out
  expect(JSON.parse(line)).toMatchObject({
    ...{ file: 'a.json', index: 0, severity: 'CRITICAL', page: false, reason: 'SuppressedByRule', calls: [] },
    severitySteps: [{ ruleId: 'leaks', severity: 'CRITICAL', isBuiltIn: false }],
    suppression: { id: 'noise', owner: 'ana', reason: 'a test' },
    group: { ruleId: null, parts: [{ part: 'account' }, { part: 'actor' }, { part: 'family' }] },
  })
})

test('by the running Muster where one is named, else by the built-in rules alone', async () => {
  const body = { version: 1, responders: [], policies: [] }
  const answers = {
    'GET /v1/directory': { status: 200, body },
    'GET http://other.test/v1/directory': { status: 200, body },
  }
  const asking = await run(['findings', 'explain', 'a.json', '--json'], { files, answers })
  expect(asking.asked.map(({ what }) => what)).toEqual(['GET /v1/directory'])
  expect(JSON.parse(asking.out.join(''))).toMatchObject({ page: false, reason: 'NoPolicy', calls: [] })
  const named = await run(['findings', 'explain', 'a.json', '--url', 'http://other.test/'], { ...offline, answers })
  expect(named.asked.map(({ what }) => what)).toEqual(['GET http://other.test/v1/directory'])
  const alone = await run(['findings', 'explain', 'a.json'], offline)
  expect(alone.out[0]).toMatch(/^By the built-in rules alone/)
  expect(alone.out).toContain("  severity  HIGH, the provider's own (8)")
  expect(alone.out).toContain('  pages     as SEV2')
  const silent = { 'GET /v1/directory': { status: 503, body: { title: 'Try again' } } }
  expect(await run(['findings', 'explain', 'a.json'], { files, answers: silent })).toMatchObject({ exit: 2, out: [] })
})

test('what fits no kind, what cannot be read, and words that are wrong', async () => {
  const texts = { ...files, 'b.json': sampleText('guardduty/broken-without-id'), 'bad.yml': 'version: 2' }
  const explain = (...words: string[]) => run(['findings', 'explain', ...words], { files: texts, isUrlGiven: false })
  const broken = await explain('b.json', 'a.json', '--directory', 'd.yml')
  expect([broken.exit, broken.out[0]]).toEqual([
    1,
    expect.stringMatching(/^b\.json:\d+ \[0\] {2}fits no kind: detail\.id: /),
  ])
  const json = await explain('b.json', '--json')
  expect(JSON.parse(json.out[0] ?? '')).toMatchObject({ file: 'b.json', error: { path: 'detail.id' } })
  expect((await explain('none.json')).exit).toBe(2)
  expect(await explain('a.json', '--at', 'noon')).toMatchObject({ exit: 2, out: [] })
  expect(await explain('a.json', '--directory', 'none.yml')).toMatchObject({ exit: 2, out: [] })
  const bad = await explain('a.json', '--directory', 'bad.yml')
  expect([bad.exit, bad.err[0]]).toEqual([2, expect.stringContaining('bad.yml:1 version: found 2, expected 1')])
})
