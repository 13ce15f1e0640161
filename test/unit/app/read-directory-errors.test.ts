import { describe, expect, test } from 'vitest'
import { readDirectory } from '../../../shared/app/read-directory.ts'

/** A right file; each case breaks one line of it. */
const LINES = [
  'version: 1',
  'responders:',
  '  - {id: ana, name: Sample Ana, zone: Europe/Berlin, roles: [incident-commander],',
  '     channels: [{id: mail, kind: email, address: ana@example.com, verified: true}],',
  '     absences: [{from: 2027-01-01T00:00Z, until: 2027-01-02T00:00Z, deputy: ben}],',
  '     quietHours: {from: "22:00", until: "07:00"}, leavesAt: null}',
  '  - {id: ben, zone: Europe/Berlin, roles: [incident-commander]}',
  'rotations:',
  '  - {id: commanders, zone: Europe/Berlin, startsAt: 2027-03-01T09:00, every: P1W, responders: [ana, ben],',
  '     overrides: [{responder: ben, from: 2027-03-15T12:30Z, until: 2027-03-15T13:30Z}]}',
  'policies:',
  '  - {severity: SEV1, checkInAfterSeconds: 1800, seats: [',
  '     {role: incident-commander, ackWithinSeconds: 300, candidates: [{rotation: commanders}, {responder: ben}]},',
  '     {role: legal-counsel, ackWithinSeconds: 300, candidates: [{responder: ana}]}]}',
  'accounts:',
  '  - {id: "111122223333", dataCategories: [personal], residents: [EU, US-CA],',
  '     entities: [{id: example-gmbh, country: DE, classes: [controller]}]}',
]

function errorsOf(text: string) {
  const read = readDirectory(text)
  return read.ok ? [] : read.errors
}

/** The errors after `from` was replaced by `to`. */
function broken(from: string, to: string) {
  const text = LINES.join('\n')
  expect(text).toContain(from)
  return errorsOf(text.replace(from, to))
}

test('the file that the cases break is right', () => {
  expect(errorsOf(LINES.join('\n'))).toEqual([])
})

const ID = 'an id of at most 48 small letters, digits and hyphens, such as ana'
const INSTANT = 'an instant with its offset, such as 2026-12-24T00:00+01:00'
const ZONE = 'a time zone of the IANA list, such as Europe/Berlin'
const WALL = "a wall-clock time without offset in the rotation's zone, such as 2027-03-01T09:00"
const EVERY = 'a duration of whole weeks, days or hours, from PT1H to P3660D, such as P1W'
const TIME = 'a time of day in quotes, "HH:MM", such as "22:00"'
const PHONE = 'a phone number of E.164, such as "+12025550101"'
const ACCOUNT = 'an account of twelve digits in quotes, or "*"'
const COUNTRY = 'a country of ISO 3166 in two letters, such as DE or GB'
const RESIDENCE = 'a country or subdivision of ISO 3166 such as DE or US-CA, or EU'
const R = 'the id of a responder in this file'
const anaChannel = 'kind: email, address: ana@example.com'

describe('one wrong field is one error with its path and line', () => {
  test.each([
    ['version: 1', 'version: 2', 'version', 1, '2', '1'],
    ['version: 1', 'version: "1"', 'version', 1, '"1"', '1'],
    [
      '{id: ana,',
      '{id: ana, Name: x,',
      'responders[0].Name',
      3,
      'the key "Name"',
      expect.stringMatching(/; perhaps name$/),
    ],
    [
      'name: Sample Ana',
      'name: "a\\nb"',
      'responders[0].name',
      3,
      '"a\\nb"',
      'text of 1 to 200 characters on one line',
    ],
    ['name: Sample Ana', 'name: " "', 'responders[0].name', 3, '" "', 'text of 1 to 200 characters on one line'],
    ['name: Sample Ana', 'name: 5', 'responders[0].name', 3, '5', 'text of 1 to 200 characters on one line'],
    [
      'zone: Europe/Berlin, roles: [incident-commander],',
      'zone: +01:00, roles: [incident-commander],',
      'responders[0].zone',
      3,
      '"+01:00"',
      ZONE,
    ],
    [
      'zone: Europe/Berlin, roles: [incident-commander],',
      'roles: [incident-commander],',
      'responders[0].zone',
      3,
      'nothing',
      ZONE,
    ],
    ['zone: Europe/Berlin, startsAt', 'zone: Mars/Base, startsAt', 'rotations[0].zone', 9, '"Mars/Base"', ZONE],
    [
      'roles: [incident-commander],',
      'roles: [Incident Commander],',
      'responders[0].roles[0]',
      3,
      '"Incident Commander"',
      ID,
    ],
    [
      'roles: [incident-commander],',
      'roles: incident-commander,',
      'responders[0].roles',
      3,
      '"incident-commander"',
      'a list of at most 50 entries',
    ],
    [
      anaChannel,
      'kind: email, address: ana',
      'responders[0].channels[0].address',
      4,
      '"ana"',
      'an e-mail address, such as ana@example.com',
    ],
    [anaChannel, 'kind: sms, address: "0151 234"', 'responders[0].channels[0].address', 4, '"0151 234"', PHONE],
    [anaChannel, 'kind: voice, address: "+0123456789"', 'responders[0].channels[0].address', 4, '"+0123456789"', PHONE],
    [
      anaChannel,
      'kind: webhook, address: "javascript:x"',
      'responders[0].channels[0].address',
      4,
      '"javascript:x"',
      'an address such as https://example.com/hook',
    ],
    ['verified: true', 'verified: yes', 'responders[0].channels[0].verified', 4, '"yes"', 'true or false'],
    [', verified: true', '', 'responders[0].channels[0].verified', 4, 'nothing', 'true or false'],
    ['from: 2027-01-01T00:00Z', 'from: 2027-01-01', 'responders[0].absences[0].from', 5, '"2027-01-01"', INSTANT],
    [
      'from: 2027-01-01T00:00Z',
      'from: 2027-01-01T00:00',
      'responders[0].absences[0].from',
      5,
      '"2027-01-01T00:00"',
      INSTANT,
    ],
    [
      'until: 2027-01-02T00:00Z',
      'until: 2027-02-29T00:00Z',
      'responders[0].absences[0].until',
      5,
      '"2027-02-29T00:00Z"',
      INSTANT,
    ],
    [
      'until: 2027-01-02T00:00Z',
      'until: 2027-04-31T00:00Z',
      'responders[0].absences[0].until',
      5,
      '"2027-04-31T00:00Z"',
      INSTANT,
    ],
    [
      'until: 2027-01-02T00:00Z',
      'until: 2027-01-02T24:00Z',
      'responders[0].absences[0].until',
      5,
      '"2027-01-02T24:00Z"',
      INSTANT,
    ],
    [
      'until: 2027-01-02T00:00Z',
      'until: 9999-12-31T23:59-12:00',
      'responders[0].absences[0].until',
      5,
      '"9999-12-31T23:59-12:00"',
      INSTANT,
    ],
    [
      'until: 2027-01-02T00:00Z',
      'until: 2027-01-01T00:00Z',
      'responders[0].absences[0].until',
      5,
      '"2027-01-01T00:00Z"',
      'an instant after "from"',
    ],
    [
      'until: 2027-01-02T00:00Z',
      'until: 2027-01-01T00:30+01:00',
      'responders[0].absences[0].until',
      5,
      '"2027-01-01T00:30+01:00"',
      'an instant after "from"',
    ],
    ['deputy: ben', 'deputy: bne', 'responders[0].absences[0].deputy', 5, '"bne"', `${R}; perhaps ben`],
    ['deputy: ben', 'deputy: zed', 'responders[0].absences[0].deputy', 5, '"zed"', R],
    [
      'deputy: ben',
      'deputy: ana',
      'responders[0].absences[0].deputy',
      5,
      '"ana", who is absent',
      'somebody else, or null',
    ],
    ['from: "22:00"', 'from: "24:00"', 'responders[0].quietHours.from', 6, '"24:00"', TIME],
    ['until: "07:00"', 'until: 7:00', 'responders[0].quietHours.until', 6, '"7:00"', TIME],
    ['leavesAt: null', 'leavesAt: soon', 'responders[0].leavesAt', 6, '"soon"', INSTANT],
    [
      'startsAt: 2027-03-01T09:00',
      'startsAt: 2027-02-29T09:00',
      'rotations[0].startsAt',
      9,
      '"2027-02-29T09:00"',
      WALL,
    ],
    [
      'startsAt: 2027-03-01T09:00',
      'startsAt: 2027-03-01T09:00Z',
      'rotations[0].startsAt',
      9,
      '"2027-03-01T09:00Z"',
      WALL,
    ],
    ['every: P1W', 'every: P1M', 'rotations[0].every', 9, '"P1M"', EVERY],
    ['every: P1W', 'every: -P1W', 'rotations[0].every', 9, '"-P1W"', EVERY],
    ['every: P1W', 'every: PT0H', 'rotations[0].every', 9, '"PT0H"', EVERY],
    ['every: P1W', 'every: weekly', 'rotations[0].every', 9, '"weekly"', EVERY],
    [
      'responders: [ana, ben]',
      'responders: []',
      'rotations[0].responders',
      9,
      'an empty list',
      'a list of 1 to 200 entries',
    ],
    ['responders: [ana, ben]', 'responders: [ana, zed]', 'rotations[0].responders[1]', 9, '"zed"', R],
    [
      'responder: ben, from',
      'responder: Ben, from',
      'rotations[0].overrides[0].responder',
      10,
      '"Ben"',
      expect.any(String),
    ],
    [
      'until: 2027-03-15T13:30Z',
      'until: 2027-03-15T12:30Z',
      'rotations[0].overrides[0].until',
      10,
      '"2027-03-15T12:30Z"',
      'an instant after "from"',
    ],
    ['severity: SEV1', 'severity: SEV5', 'policies[0].severity', 12, '"SEV5"', 'one of SEV1, SEV2, SEV3, SEV4'],
    ['Seconds: 1800', 'Seconds: 59', 'policies[0].checkInAfterSeconds', 12, '59', 'a whole number from 60 to 604800'],
    [
      'ackWithinSeconds: 300',
      'ackWithinSeconds: 59',
      'policies[0].seats[0].ackWithinSeconds',
      13,
      '59',
      'a whole number from 60 to 86400',
    ],
    [
      'ackWithinSeconds: 300',
      'ackWithinSeconds: 86401',
      'policies[0].seats[0].ackWithinSeconds',
      13,
      '86401',
      'a whole number from 60 to 86400',
    ],
    [
      'ackWithinSeconds: 300',
      'ackWithinSeconds: 60.5',
      'policies[0].seats[0].ackWithinSeconds',
      13,
      '60.5',
      'a whole number from 60 to 86400',
    ],
    [
      'ackWithinSeconds: 300',
      'ackWithinSeconds: .nan',
      'policies[0].seats[0].ackWithinSeconds',
      13,
      expect.any(String),
      'a whole number from 60 to 86400',
    ],
    [
      '{rotation: commanders}',
      '{rotation: commander}',
      'policies[0].seats[0].candidates[0].rotation',
      13,
      '"commander"',
      'the id of a rotation in this file; perhaps commanders',
    ],
    ['{responder: ben}]}', '{responder: zed}]}', 'policies[0].seats[0].candidates[1].responder', 13, '"zed"', R],
    [
      '{responder: ben}]}',
      '{}]}',
      'policies[0].seats[0].candidates[1]',
      13,
      'a mapping',
      'either {rotation: <id>} or {responder: <id>}',
    ],
    [
      '{responder: ben}]}',
      '{responder: ben, rotation: commanders}]}',
      'policies[0].seats[0].candidates[1]',
      13,
      'a mapping',
      'either {rotation: <id>} or {responder: <id>}',
    ],
    [
      'role: legal-counsel',
      'role: incident-commander',
      'policies[0].seats[1].role',
      14,
      '"incident-commander" again',
      'another than at policies[0].seats[0].role',
    ],
    [
      'candidates: [{responder: ana}]',
      'candidates: []',
      'policies[0].seats[1].candidates',
      14,
      'a seat that nobody can fill',
      'a candidate, or a responder with the role legal-counsel',
    ],
    ['"111122223333"', '11112222333', 'accounts[0].id', 16, '"11112222333"', ACCOUNT],
    [
      '[personal]',
      '[persnal]',
      'accounts[0].dataCategories[0]',
      16,
      '"persnal"',
      expect.stringMatching(/^one of personal, /),
    ],
    ['[EU, US-CA]', '[EU, UK]', 'accounts[0].residents[1]', 16, '"UK"', RESIDENCE],
    ['[EU, US-CA]', '[EU, us-ca]', 'accounts[0].residents[1]', 16, '"us-ca"', RESIDENCE],
    ['country: DE', 'country: EU', 'accounts[0].entities[0].country', 17, '"EU"', COUNTRY],
    ['country: DE', 'country: Germany', 'accounts[0].entities[0].country', 17, '"Germany"', COUNTRY],
  ])('%s → %s', (from, to, path, line, found, expected) => {
    const errors = broken(from, to)
    expect(errors.filter((error) => error.path === path)[0]).toEqual({ path, line, found, expected })
    // A wrong id is also one that is not listed; nothing else comes of one slip.
    for (const error of errors) expect(error.path).toBe(path)
  })
})

describe('what is used twice', () => {
  test.each([
    ['responders', '  - {id: ana, zone: UTC, roles: []}', 8, 8, 'responders[2].id'],
    [
      'rotations',
      '  - {id: commanders, zone: UTC, startsAt: 2027-03-01T09:00, every: P1D, responders: [ana]}',
      11,
      11,
      'rotations[1].id',
    ],
    ['policies', '  - {severity: SEV1, seats: []}', 15, 15, 'policies[1].severity'],
    ['accounts', '  - {id: "111122223333"}', 18, 18, 'accounts[1].id'],
  ])('%s', (_, added, at, line, path) => {
    const text = LINES.toSpliced(at - 1, 0, added).join('\n')
    expect(errorsOf(text)).toEqual([expect.objectContaining({ path, line, found: expect.stringMatching(/ again$/) })])
  })

  test('channels of one person and entities of one account', () => {
    const channel = '{id: mail, kind: email, address: ana@example.com, verified: true}'
    expect(broken(channel, `${channel}, ${channel}`)).toMatchObject([{ path: 'responders[0].channels[1].id', line: 4 }])
    const entity = '{id: example-gmbh, country: DE, classes: [controller]}'
    expect(broken(entity, `${entity}, ${entity}`)).toMatchObject([{ path: 'accounts[0].entities[1].id', line: 17 }])
  })

  test('keys, in YAML and JSON', () => {
    const again = [{ path: 'responders[1]', line: 7, found: 'the key "id" again', expected: 'each key once' }]
    expect(broken('{id: ben, zone', '{id: zed, id: ben, zone')).toMatchObject(again)
    expect(errorsOf('{"version": 1,\n "responders": [], "policies": [],\n "version": 1}')).toEqual([
      { path: '(file)', line: 3, found: 'the key "version" again', expected: 'each key once' },
    ])
  })
})

describe('all errors at once', () => {
  test('of YAML, of fields and across the file, in the order of the lines', () => {
    const text = LINES.join('\n')
      .replace('version: 1', 'version: 3')
      .replace('address: ana@example.com, verified: true', 'address: ana, verified: maybe')
      .replace('until: 2027-01-02T00:00Z, deputy: ben', 'until: 2026-01-02T00:00Z, deputy: 7')
      .replace('{id: ben,', '{id: ben, id: ben,')
      .replace('every: P1W', 'every: P1X')
      .replace('{rotation: commanders}', '{rotation: nights}')
      .replace('country: DE', 'country: D')
    expect(errorsOf(text).map(({ path, line }) => [line, path])).toEqual([
      [1, 'version'],
      [4, 'responders[0].channels[0].verified'],
      [4, 'responders[0].channels[0].address'],
      [5, 'responders[0].absences[0].deputy'],
      [5, 'responders[0].absences[0].until'],
      [7, 'responders[1]'],
      [9, 'rotations[0].every'],
      [13, 'policies[0].seats[0].candidates[0].rotation'],
      [17, 'accounts[0].entities[0].country'],
    ])
  })

  test('entries that are no mappings hide nothing', () => {
    const errors = errorsOf(
      'version: 1\nresponders: [7, null]\nrotations: x\npolicies: [[], {seats: [1, {candidates: 2}]}]\naccounts: {}',
    )
    expect(errors.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'responders[0]',
        'responders[1]',
        'rotations',
        'policies[0]',
        'policies[1].severity',
        'accounts',
      ]),
    )
  })

  test('of very many, the first 500 and their number', () => {
    const people = Array.from({ length: 700 }, (_, index) => `{id: p${index}, zone: none, roles: []}`).join(', ')
    const errors = errorsOf(`{version: 1, responders: [${people}], policies: []}`)
    expect(errors).toHaveLength(501)
    expect(errors.at(-1)).toMatchObject({ line: null, found: '200 more errors' })
  })
})

describe('harmless', () => {
  test.each(['__proto__', 'constructor', 'prototype', 'toString', '<<'])(
    'the key %s is unknown like any other',
    (key) => {
      const errors = broken('{id: ben, zone', `{"${key}": {polluted: true}, id: ben, zone`)
      expect(errors).toMatchObject([{ path: `responders[1].${key}`, line: 7, found: `the key "${key}"` }])
      expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    },
  )

  test.each(['__proto__', 'constructor', 'toString'])(
    'a channel of the kind %s is refused or has any address',
    (kind) => {
      expect(broken(anaChannel, `kind: ${kind}, address: x`).every(({ path }) => path.endsWith('kind'))).toBe(true)
    },
  )

  test('long keys and values are shown short', () => {
    const [error] = broken('{id: ben, zone', `{"${'k'.repeat(500)}": 1, id: ben, zone`)
    expect(error?.path.length).toBeLessThan(120)
    expect(error?.found.length).toBeLessThan(120)
  })

  test('sixty thousand unknown keys are answered in seconds', () => {
    const many = Array.from({ length: 60_000 }, (_, index) => `"k${index}":1`).join(',')
    const started = performance.now()
    expect(errorsOf(`{"version":1,"responders":[],"policies":[],${many}}`)).toHaveLength(501)
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

describe('bounds', () => {
  const people = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: `p${index}`, zone: 'UTC', roles: ['x'] }))
  const rotation = (index: number) => ({
    id: `r${index}`,
    zone: 'UTC',
    startsAt: '2027-03-01T09:00',
    every: 'P1D',
    responders: ['p0'],
  })
  const file = (responders: number, rotations: number) =>
    JSON.stringify({
      version: 1,
      responders: people(responders),
      rotations: Array.from({ length: rotations }, (_, index) => rotation(index)),
      policies: [],
    })

  test('2,000 people and 200 rotations are read', () => expect(errorsOf(file(2_000, 200))).toEqual([]))
  test('one more of each is refused', () => {
    expect(errorsOf(file(2_001, 201)).map(({ path, found }) => [path, found])).toEqual([
      ['responders', 'a list of 2001'],
      ['rotations', 'a list of 201'],
    ])
  })
  test.each([
    ['an id of 48', 'a'.repeat(48), 0],
    ['an id of 49', 'a'.repeat(49), 1],
    ['an id that begins with a hyphen', '-a', 1],
  ])('%s', (_, id, count) => {
    const text = JSON.stringify({ version: 1, responders: [{ id, zone: 'UTC', roles: [] }], policies: [] })
    expect(errorsOf(text)).toHaveLength(count)
  })
})
