import { describe, expect, it, test } from 'vitest'
import { readDirectory, writeDirectory } from '../../../shared/app/read-directory.ts'
import { NO_FINDING_RULES } from '../../../shared/core/directory/finding-rules.ts'

const NOW = '2027-03-01T00:00:00.000Z'

/** A file with these rules, of which line 5 is `findings:`. */
const file = (...rules: string[]) =>
  [
    'version: 1',
    'responders:',
    '  - {id: ana, zone: Europe/Berlin, roles: [incident-commander]}',
    'policies: []',
    'findings:',
    ...rules,
  ].join('\n')

const LINES = [
  '  severities:',
  '    - {id: s3, filter: {source: config, type: [x, "y*"], tag: null}, severity: HIGH}',
  '    - {id: root, filter: {trait: root-user}, severity: CRITICAL, use: raise}',
  '  groups:',
  '    - {id: per-account, by: [account, family]}',
  '  suppressions:',
  '    - {id: test, kind: suppression, filter: {title: "*test*"}, owner: ana, reason: pen test, until: 2027-06-01T00:00Z}',
  '    - {id: move, kind: maintenance, filter: {accountId: "111122223333"}, owner: ana, reason: a move,',
  '       from: 2027-03-05T20:00+01:00, until: 2027-03-06T04:00+01:00}',
]

function broken(from: string, to: string) {
  const text = file(...LINES)
  expect(text).toContain(from)
  const read = readDirectory(text.replace(from, to), NOW)
  return read.ok ? [] : read.errors
}

function accepted(text: string, now: string | null = NOW) {
  const read = readDirectory(text, now)
  if (!read.ok) throw new Error(JSON.stringify(read.errors))
  return read
}

describe('rules about findings in the file', () => {
  it('are read with their defaults, texts as lists, instants in UTC', () => {
    expect(accepted(file(...LINES)).directory.findings).toEqual({
      severities: [
        { id: 's3', filter: { source: ['config'], type: ['x', 'y*'] }, severity: 'HIGH', use: 'missing' },
        { id: 'root', filter: { trait: ['root-user'] }, severity: 'CRITICAL', use: 'raise' },
      ],
      groups: [{ id: 'per-account', filter: {}, by: ['account', 'family'] }],
      suppressions: [
        {
          ...{ id: 'test', kind: 'suppression', filter: { title: ['*test*'] }, owner: 'ana', reason: 'pen test' },
          ...{ from: '1970-01-01T00:00:00.000Z', until: '2027-06-01T00:00:00.000Z' },
        },
        {
          ...{ id: 'move', kind: 'maintenance', filter: { accountId: ['111122223333'] }, owner: 'ana' },
          ...{ reason: 'a move', from: '2027-03-05T19:00:00.000Z', until: '2027-03-06T03:00:00.000Z' },
        },
      ],
    })
  })

  it('may be left out, in part or as a whole', () => {
    expect(accepted(file('  groups: []')).directory.findings).toEqual(NO_FINDING_RULES)
    expect(accepted(file().replace('findings:', 'findings: null')).directory).not.toHaveProperty('findings')
    expect(accepted(file().replace('\nfindings:', '')).directory).not.toHaveProperty('findings')
  })

  it('are written so that they are read to the same', () => {
    const { directory } = accepted(file(...LINES))
    expect(accepted(writeDirectory(directory)).directory).toEqual(directory)
    expect(accepted(JSON.stringify(directory)).directory).toEqual(directory)
  })
})

const KEYS =
  'source, type, family, trait, severity, title, findingId, accountId, environment, region, resource, resourceType, tag, principal'
const S = 'findings.suppressions'

test.each([
  ['use: raise', 'use: lower', 'findings.severities[1].use', 8, '"lower"', 'one of missing, raise'],
  ['severity: HIGH}', 'severity: SEV1}', 'findings.severities[0].severity', 7, '"SEV1"', /^one of CRITICAL/],
  [
    '{source: config',
    '{sources: config',
    'findings.severities[0].filter.sources',
    7,
    'the key "sources"',
    /perhaps source$/,
  ],
  ['type: [x, "y*"]', 'type: [x, 5]', 'findings.severities[0].filter.type[1]', 7, '5', /^text of 1 to 256/],
  [
    'type: [x, "y*"]',
    'type: []',
    'findings.severities[0].filter.type',
    7,
    'an empty list',
    /^text, or a list of 1 to 100/,
  ],
  ['source: config', 'source: 5', 'findings.severities[0].filter.source', 7, '5', /^text, or a list of 1 to 100/],
  ['source: config', 'source: ""', 'findings.severities[0].filter.source', 7, '""', /^text of 1 to 256/],
  [
    'source: config',
    `source: ${'x'.repeat(257)}`,
    'findings.severities[0].filter.source',
    7,
    /^"xxx/,
    /^text of 1 to 256/,
  ],
  ['id: root', 'id: s3', 'findings.severities[1].id', 8, '"s3" again', 'another than at findings.severities[0].id'],
  ['[account, family]', '[acount]', 'findings.groups[0].by[0]', 10, '"acount"', /^one of account, actor/],
  ['[account, family]', '[]', 'findings.groups[0].by', 10, 'an empty list', 'a list of 1 to 7 entries'],
  ['kind: maintenance', 'kind: noise', `${S}[1].kind`, 13, '"noise"', 'one of suppression, maintenance'],
  ['filter: {title: "*test*"}', 'filter: {}', `${S}[0].filter`, 12, 'a mapping', `at least one of the keys ${KEYS}`],
  ['filter: {title: "*test*"}, ', '', `${S}[0].filter`, 12, 'nothing', `a mapping with the keys ${KEYS}`],
  ['owner: ana, reason: pen', 'owner: anna, reason: pen', `${S}[0].owner`, 12, '"anna"', /in this file; perhaps ana$/],
  ['reason: pen test', 'reason: " "', `${S}[0].reason`, 12, '" "', /^text of 1 to 500/],
  ['id: move', 'id: test', `${S}[1].id`, 13, '"test" again', `another than at ${S}[0].id`],
  [
    '2027-03-06T04:00+01:00',
    '2027-03-05T19:00Z',
    `${S}[1].until`,
    14,
    '"2027-03-05T19:00Z"',
    'an instant after "from"',
  ],
  ['2027-03-06T04:00+01:00', '2028-03-05T19:00:01Z', `${S}[1].until`, 14, /2028/, /^an instant at most 366 days after/],
  ['2027-06-01T00:00Z', '2028-03-01T00:00:01Z', `${S}[0].until`, 12, /2028/, /^an instant at most 366 days from now/],
])('%s → %s', (from, to, path, line, found, expected) => {
  const text = (wanted: string | RegExp) => (typeof wanted === 'string' ? wanted : expect.stringMatching(wanted))
  expect(broken(from, to)).toEqual([{ path, line, found: text(found), expected: text(expected) }])
})

describe('bounds', () => {
  it('is exactly 366 days, from its beginning or from now', () => {
    expect(broken('2027-03-06T04:00+01:00', '2028-03-05T20:00+01:00')).toEqual([])
    expect(broken('2027-06-01T00:00Z', '2028-03-01T00:00Z')).toEqual([])
  })

  it('takes 200 rules a list and 100 patterns a field, and no more', () => {
    const rules = (count: number) =>
      file('  groups:', ...Array.from({ length: count }, (_, n) => `    - {id: g${n}, by: [type]}`))
    expect(accepted(rules(200)).directory.findings?.groups).toHaveLength(200)
    expect(readDirectory(rules(201))).toMatchObject({ errors: [{ path: 'findings.groups', found: 'a list of 201' }] })
    const patterns = (count: number) => `type: [${Array.from({ length: count }, (_, n) => `t${n}`).join(', ')}]`
    expect(broken('type: [x, "y*"]', patterns(100))).toEqual([])
    expect(broken('type: [x, "y*"]', patterns(101))).toMatchObject([{ found: 'a list of 101' }])
  })
})

describe('warnings', () => {
  const warnings = (text: string, now: string | null = NOW) =>
    accepted(text, now).warnings.filter(({ path }) => path.startsWith('findings'))

  it('says which suppressions have ended, where the time is known', () => {
    const text = file(...LINES)
    expect(warnings(text)).toEqual([])
    const ended = { path: `${S}[1]`, line: 13, text: 'move ended at 2027-03-06T03:00:00.000Z and holds nothing back' }
    expect(warnings(text, '2027-03-06T02:59:59.000Z')).toEqual([])
    expect(warnings(text, '2027-03-06T03:00:00.000Z')).toEqual([ended])
    expect(warnings(text, null)).toEqual([])
  })

  it('says which fit everything, and which ask for a severity that is none', () => {
    const text = file(...LINES).replace('title: "*test*"', 'title: ["*"], source: [x, "**"]')
    expect(warnings(text)).toMatchObject([{ path: `${S}[0]`, text: expect.stringContaining('fits every finding') }])
    const wrong = file(...LINES).replace('title: "*test*"', 'severity: [SEV1, crit*]')
    expect(warnings(wrong)).toMatchObject([{ path: `${S}[0].filter.severity[0]`, line: 12 }])
  })
})
