import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDirectory, writeDirectory } from '../../../shared/app/read-directory.ts'
import { availabilityAt } from '../../../shared/core/directory/availability.ts'
import { type Directory, findResponder } from '../../../shared/core/directory/directory.ts'
import { responderOnCall } from '../../../shared/core/directory/role-on-call.ts'

function accepted(text: string): Directory {
  const read = readDirectory(text)
  expect(read.ok ? [] : read.errors).toEqual([])
  if (!read.ok) throw new Error('refused')
  return read.directory
}

function refused(text: string) {
  const read = readDirectory(text)
  if (read.ok) throw new Error('accepted')
  return read.errors
}

const SMALL = `version: 1
responders:
  - {id: ana, zone: Europe/Berlin, roles: [incident-commander]}
policies:
  - {severity: SEV1, seats: [{role: incident-commander, ackWithinSeconds: 60}]}
`

/** The design's own example, whole. */
const FULL = `version: 1
responders:
  - {id: ana, name: Sample Ana, zone: Europe/Berlin, roles: [incident-commander], offDutyCalls: true,
     channels: [{id: mail, kind: email, address: ana@example.com, verified: true}],
     absences: [{from: 2026-12-24T00:00+01:00, until: 2027-01-02T00:00+01:00, deputy: ben}],
     quietHours: {from: 22:00, until: "07:00"}, leavesAt: null, principals: [arn:aws:iam::123456789012:user/ana]}
  - {id: ben, zone: Europe/Berlin, roles: [incident-commander], channels: [{id: sms, kind: sms, address: +12025550101, verified: true}]}
  - {id: cho, zone: America/New_York, roles: [], leavesAt: 2028-02-29T23:59:59.5-05:00}
rotations:
  - {id: commanders, zone: America/New_York, startsAt: 2027-03-01T09:00, every: P1W, responders: [ana, ben, cho],
     overrides: [{responder: cho, from: 2027-03-15T12:30Z, until: 2027-03-15T13:30Z}]}
policies:
  - {severity: SEV2, seats: [{role: incident-commander, ackWithinSeconds: 300, candidates: [{rotation: commanders}, {responder: ben}]}]}
  - {severity: SEV3, seats: []}
accounts:
  - {id: 012345678901, name: prod-payments, environment: production, dataCategories: [personal], residents: [EU, US-CA], sector: finance,
     entities: [{id: example-gmbh, country: NO, classes: [controller, credit-institution]}]}
  - {id: "*"}
`

describe('what is read', () => {
  test('all that is optional has its default', () => {
    const [ana] = accepted(SMALL).responders
    expect(ana).toEqual({
      id: 'ana',
      name: 'ana',
      zone: 'Europe/Berlin',
      roles: ['incident-commander'],
      offDutyCalls: false,
      channels: [],
      absences: [],
      quietHours: null,
      leavesAt: null,
      principals: [],
    })
    expect(accepted(SMALL)).toMatchObject({ version: 1, rotations: [], accounts: [] })
  })

  test('an empty field is an absent one', () => {
    const text = SMALL.replace('roles: [incident-commander]}', 'roles: [incident-commander], absences: , name: null}')
    expect(accepted(text)).toEqual(accepted(SMALL))
  })

  test('instants become UTC with milliseconds; wall-clock times stay as written', () => {
    const { responders, rotations } = accepted(FULL)
    expect(responders[0]?.absences).toEqual([
      { from: '2026-12-23T23:00:00.000Z', until: '2027-01-01T23:00:00.000Z', deputy: 'ben' },
    ])
    expect(responders[0]?.quietHours).toEqual({ from: '22:00', until: '07:00' })
    expect(responders[2]?.leavesAt).toBe('2028-03-01T04:59:59.500Z')
    expect(rotations[0]).toMatchObject({ startsAt: '2027-03-01T09:00', every: 'P1W' })
    expect(rotations[0]?.overrides[0]?.from).toBe('2027-03-15T12:30:00.000Z')
  })

  test('accounts and phone numbers are right without quotes, and Norway is a country', () => {
    const { responders, accounts } = accepted(FULL)
    expect(responders[1]?.channels[0]?.address).toBe('+12025550101')
    expect(accounts[0]).toMatchObject({ id: '012345678901', entities: [{ country: 'NO' }] })
    expect(accounts[1]).toMatchObject({ id: '*', name: '*', environment: 'unknown', sector: null, dataCategories: [] })
  })

  test('check-ins come after 30 minutes where it is urgent, else after an hour', () => {
    const policies = (severity: string) => accepted(SMALL.replace('SEV1', severity)).policies
    expect(['SEV1', 'SEV2', 'SEV3', 'SEV4'].map((each) => policies(each)[0]?.checkInAfterSeconds)).toEqual([
      1_800, 1_800, 3_600, 3_600,
    ])
    expect(accepted(SMALL.replace('SEV1,', 'SEV1, checkInAfterSeconds: 604800,')).policies[0]).toMatchObject({
      checkInAfterSeconds: 604_800,
    })
  })

  test('JSON is read alike, with tabs too', () => {
    const directory = accepted(FULL)
    expect(accepted(JSON.stringify(directory))).toEqual(directory)
    expect(accepted(JSON.stringify(directory, null, '\t'))).toEqual(directory)
  })

  test('anchors may be used', () => {
    const text = SMALL.replace('seats: [', 'seats: &four [').concat('  - {severity: SEV2, seats: *four}\n')
    expect(accepted(text).policies[1]?.seats).toEqual(accepted(text).policies[0]?.seats)
  })

  test('a YAML 1.1 heading changes nothing', () => {
    expect(accepted(`%YAML 1.1\n---\n${FULL}`)).toEqual(accepted(FULL))
  })
})

describe('what is warned of', () => {
  test('candidates who would not be called or only act, and severities at which nobody is called', () => {
    const read = readDirectory(FULL)
    expect(read.ok && read.warnings).toEqual([
      {
        path: 'policies[0].seats[0].candidates[0]',
        line: 13,
        text: 'cho has not the role incident-commander and would only be acting',
      },
      {
        path: 'policies[0].seats[0].candidates[0]',
        line: 13,
        text: 'cho has no verified channel and would be skipped',
      },
      { path: 'policies', line: 12, text: 'no policy for SEV1: its findings call nobody' },
      { path: 'policies', line: 12, text: 'no policy for SEV4: its findings call nobody' },
    ])
  })
})

describe('written and read again', () => {
  test('the same directory', () => {
    const directory = accepted(FULL)
    expect(accepted(writeDirectory(directory))).toEqual(directory)
  })

  test('names that YAML could take for something else', () => {
    const names = [
      'null',
      'true',
      '12',
      '007',
      '2027-03-15',
      '- x',
      '# no',
      'a: b',
      '*x',
      '"q"',
      "it's",
      ' x ',
      '~',
      '{',
      'Ünï 🙂',
    ]
    const [ana] = accepted(SMALL).responders
    if (!ana) throw new Error('no sample')
    const responders = names.map((name, index) => ({ ...ana, id: `r${index}`, name, principals: [name] }))
    const directory = { ...accepted(SMALL), responders }
    expect(accepted(writeDirectory(directory))).toEqual(directory)
  })
})

describe('whatever the text', () => {
  const pieces = fc.constantFrom(
    '',
    ' ',
    '\n',
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"',
    '*a',
    '&a ',
    'null',
    '0',
    '-',
    '#',
    '|',
    '__proto__',
    '\u0000',
    '\ud800',
  )
  const slips = fc.array(fc.tuple(fc.nat({ max: FULL.length }), fc.nat({ max: 12 }), pieces), {
    minLength: 1,
    maxLength: 3,
  })

  test('it is read to the same again or refused with reasons, and nothing is thrown', () => {
    fc.assert(
      fc.property(slips, (changes) => {
        const text = changes.reduce((now, [at, cut, put]) => now.slice(0, at) + put + now.slice(at + cut), FULL)
        const read = readDirectory(text)
        if (read.ok) expect(accepted(writeDirectory(read.directory))).toEqual(read.directory)
        else expect(read.errors.length).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })
})

describe('the example file', () => {
  const text = readFileSync(new URL('../../../infra/directory.example.yml', import.meta.url), 'utf8')
  const directory = accepted(text)

  test('has no warnings', () => {
    expect(readDirectory(text)).toMatchObject({ ok: true, warnings: [] })
  })

  test.each(['2026-01-01T00:00:00.000Z', '2026-11-24T12:00:00.000Z', '2035-12-31T22:59:59.000Z'])(
    'the Commander is on holiday and her deputy is called: %s',
    (at) => {
      const ana = findResponder(directory, 'ana')
      expect(ana && availabilityAt(ana, at)).toEqual({ available: false, reason: 'Absent', deputy: 'ben' })
      expect(responderOnCall(directory, 'incident-commander', at)).toMatchObject({
        responderId: 'ben',
        reason: 'Backup',
      })
    },
  )

  test('SEV1 and SEV2 have four seats with backups, the others less', () => {
    const seats = directory.policies.map((policy) => [policy.severity, ...policy.seats.map(({ role }) => role)])
    const four = ['incident-commander', 'cloud-security-engineer', 'communications-coordinator', 'legal-counsel']
    expect(seats).toEqual([
      ['SEV1', ...four],
      ['SEV2', ...four],
      ['SEV3', ...four.slice(0, 2)],
      ['SEV4', ...four.slice(0, 1)],
    ])
    for (const { candidates } of directory.policies.flatMap((policy) => policy.seats))
      expect(candidates.length).toBeGreaterThan(1)
  })

  test('its people are samples, and one has a dead channel first', () => {
    for (const { name, channels } of directory.responders) {
      expect(name).toMatch(/^Sample /)
      for (const { address } of channels) expect(address).toMatch(/@example\.com$|^\+12025550/)
    }
    expect(findResponder(directory, 'dee')?.channels[0]).toMatchObject({ kind: 'sms', address: '+12025550000' })
  })
})

describe('what breaks the whole file', () => {
  const whole = (line: number | null, found: unknown, expected: unknown) => ({ path: '(file)', line, found, expected })
  test.each([
    ['nothing', '', null, 'null'],
    ['a list', '- a', 1, 'a list of 1'],
    ['text', 'hello', 1, '"hello"'],
    ['a list that holds itself', '&a [*a]', 1, 'a list of 1'],
  ])('%s', (_, text, line, found) => {
    const expected = 'a mapping with the keys version, responders, rotations, policies, accounts, findings'
    expect(refused(text)).toEqual([whole(line, found, expected)])
  })

  test.each([
    ['a brace that stays open', '{"version": 1,\n"responders": [', 2],
    ['a tab as indentation', 'version: 1\nresponders:\n\t- {}', 3],
    ['two documents', `${SMALL}---\n${SMALL}`, 6],
    ['a tag that makes something', 'version: 1\nresponders: !!js/function x', 2],
    ['binary', 'version: 1\nresponders: !!binary aGk=', 2],
  ])('%s', (_, text, line) => {
    expect(refused(text)[0]).toEqual(whole(line, expect.any(String), 'YAML or JSON without mistakes'))
  })

  test('an alias of nothing', () => {
    const errors = refused('version: 1\nresponders:\n  - &a {id: ana}\n  - *b\n')
    expect(errors).toEqual([{ path: 'responders[1]', line: 4, found: '*b', expected: 'an anchor before it' }])
  })

  test('more than 1 MB', () => {
    expect(refused('x'.repeat(1_048_577))).toEqual([whole(null, '1048577 bytes', 'at most 1 MB')])
    expect(refused(`${SMALL}#${'é'.repeat(524_288)}`)[0]).toMatchObject({ expected: 'at most 1 MB' })
    expect(accepted(SMALL.padEnd(1_048_576, ' '))).toEqual(accepted(SMALL))
  })

  test('a few bytes that would become very many', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      'b: &b [*a,*a,*a,*a,*a,*a,*a,*a]',
      'c: &c [*b,*b,*b,*b,*b,*b,*b,*b]',
      'd: [*c,*c,*c,*c,*c]',
    ]
    expect(refused(bomb.join('\n'))).toEqual([whole(null, 'too many aliases', 'at most 100 aliases')])
  })

  test('nesting without end', () => {
    const errors = refused('['.repeat(50_000))
    expect(errors.length).toBeGreaterThan(0)
    expect(errors.length).toBeLessThanOrEqual(50)
  })
})
