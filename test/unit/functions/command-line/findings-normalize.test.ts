import { expect, test } from 'vitest'
import { normalizeFiles } from '../../../../functions/command-line/findings-normalize.ts'
import { sampleText } from '../../sources/sample-events.ts'
import { run } from './fake-terminal.ts'

async function normalize(texts: Record<string, string>): Promise<Record<string, unknown>[]> {
  const read = async (path: string) => {
    const text = texts[path]
    if (text === undefined) throw new Error(`no such file: ${path}`)
    return text
  }
  const lines: Record<string, unknown>[] = []
  for await (const line of normalizeFiles(Object.keys(texts), read)) lines.push(line)
  return lines
}

test('one line per finding, with every field in its order', async () => {
  const [line, ...more] = await normalize({ './a.json': sampleText('guardduty/leaked-access-key') })
  expect(more).toEqual([])
  expect(JSON.stringify(line)).toBe(
    JSON.stringify({
      file: './a.json',
      index: 0,
      findingId: '1f2e3d4c5b6a79880716253443526170',
      source: 'guardduty',
      type: 'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
      severity: 'HIGH',
      nativeSeverity: '8',
      title: 'Credentials of the instance role payments-api-role were used from an external IP address.',
      accountId: '111122223333',
      region: 'eu-central-1',
      resources: [{ type: 'AwsIamAccessKey', id: 'ASIAEXAMPLEEXAMPLE01' }],
      firstSeenAt: '2027-03-06T02:11:40.000Z',
      lastSeenAt: '2027-03-06T02:12:05.000Z',
      page: true,
      reason: null,
    }),
  )
})

test('files and findings keep their order, and a fault names its line and costs its neighbours nothing', async () => {
  const lines = await normalize({
    'two.json': sampleText('securityhub/broken-one-of-two-without-id'),
    'sample.json': sampleText('guardduty/sample-finding'),
  })
  expect(lines.map(({ file, index, page, reason }) => [file, index, page, reason])).toEqual([
    ['two.json', 0, true, null],
    ['two.json', 1, undefined, undefined],
    ['sample.json', 0, false, 'Sample'],
  ])
  const objectWithoutId = sampleText('securityhub/broken-one-of-two-without-id').split('\n').lastIndexOf('      {') + 1
  expect(lines[1]?.error).toEqual({
    path: 'detail.findings[1].Id',
    line: objectWithoutId,
    expected: 'a non-empty text of at most 2048 characters',
  })
})

test('broken JSON and a missing file are lines too', async () => {
  const lines = await normalize({ 'broken.json': '{\n  "a": 1,\n  b\n}' })
  expect(lines).toEqual([
    { file: 'broken.json', index: 0, error: { path: '', line: 3, expected: 'JSON: a name in double quotes' } },
  ])
  const missing: unknown[] = []
  for await (const line of normalizeFiles(['gone.json'], () => Promise.reject(new Error('no such file'))))
    missing.push(line)
  for await (const line of normalizeFiles(['odd.json'], () => Promise.reject('odd'))) missing.push(line)
  expect(missing).toEqual([
    {
      file: 'gone.json',
      index: 0,
      error: { path: '', line: null, expected: 'a file that can be read (no such file)' },
    },
    { file: 'odd.json', index: 0, error: { path: '', line: null, expected: 'a file that can be read (odd)' } },
  ])
})

test('what the provider does not say is null', async () => {
  const finding = { id: 'x', type: 'Recon:EC2/Portscan', severity: 5, updatedAt: '2027-03-06T02:13:30Z' }
  const [line] = await normalize({ 'a.json': JSON.stringify({ 'detail-type': 'GuardDuty Finding', detail: finding }) })
  expect(line).toMatchObject({ accountId: null, region: null, title: 'Recon:EC2/Portscan', resources: [] })
})

test('the verb: 0 when all is understood, 1 with an error, 2 when a file cannot be read', async () => {
  const files = {
    'good.json': sampleText('guardduty/leaked-access-key'),
    'bad.json': sampleText('guardduty/broken-without-id'),
  }
  const good = await run(['findings', 'normalize', 'good.json', 'good.json', '--json'], { files })
  expect(good.out.map((line) => JSON.parse(line).page)).toEqual([true, true])
  expect(good).toMatchObject({ exit: 0, err: [], asked: [] })
  const bad = await run(['findings', 'normalize', 'good.json', 'bad.json'], { files })
  expect({ exit: bad.exit, lines: bad.out.length, err: bad.err }).toEqual({ exit: 1, lines: 2, err: [] })
  const gone = await run(['findings', 'normalize', 'gone.json', 'bad.json'], { files })
  expect({ exit: gone.exit, lines: gone.out.length }).toEqual({ exit: 2, lines: 2 })
  expect(gone.err).toEqual(['muster findings normalize: gone.json cannot be read: no such file'])
})

test('a severity that the provider does not give comes from the built-in rules', async () => {
  const lines = await normalize({ 'alarm.json': sampleText('cloudwatch/root-sign-ins-alarm') })
  expect(lines).toMatchObject([{ source: 'cloudwatch', severity: 'HIGH', page: true, reason: null }])
})
