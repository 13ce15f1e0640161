import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { run } from './fake-terminal.ts'

const example = readFileSync(new URL('../../../../infra/directory.example.yml', import.meta.url), 'utf8')
const broken = `version: 1
responders:
  - {id: ana, name: Sample Ana, zone: Mars/Base, roles: [], channels: []}
rotations:
  - {id: commanders, zone: Europe/Berlin, startsAt: 2027-03-01T09:00, every: P1W, responders: [anna]}
policies: []
accounts: []
`
const seatForNobody = `version: 1
responders:
  - {id: ana, name: Sample Ana, zone: Europe/Berlin, roles: [], channels: []}
rotations: []
policies:
  - {severity: SEV1, seats: [{role: incident-commander, ackWithinSeconds: 300, candidates: [{responder: ana}]}]}
accounts: []
`

test('the example is fine', async () => {
  const ran = await run(['directory', 'check', 'people.yml'], { files: { 'people.yml': example } })
  expect(ran).toMatchObject({ exit: 0, err: [] })
  expect(ran.out.at(-1)).toMatch(/^people\.yml: \d+ responders, no errors$/)
})

test('every error, each with file, line, path, what was found and what was expected', async () => {
  const { exit, out } = await run(['directory', 'check', 'people.yml'], { files: { 'people.yml': broken } })
  expect(exit).toBe(1)
  expect(out).toHaveLength(2)
  expect(out[0]).toMatch(/^people\.yml:3 responders\[0\]\.zone: found "Mars\/Base", expected .+/)
  expect(out[1]).toMatch(/^people\.yml:5 rotations\[0\]\.responders\[0\]: found "anna", expected .+perhaps ana$/)
})

test('as JSON', async () => {
  const ran = await run(['directory', 'check', 'people.yml', '--json'], { files: { 'people.yml': broken } })
  expect(ran.exit).toBe(1)
  expect(JSON.parse(ran.out.join(''))).toMatchObject({
    file: 'people.yml',
    errors: [{ path: 'responders[0].zone', line: 3, found: '"Mars/Base"' }, { line: 5 }],
    warnings: [],
  })
})

test('warnings are said and change nothing', async () => {
  const { exit, out } = await run(['directory', 'check', 'a.yml'], { files: { 'a.yml': seatForNobody } })
  expect(exit).toBe(0)
  expect(out.some((line) => /^a\.yml:6 policies\[0\].*: warning, ./.test(line))).toBe(true)
  expect(out.at(-1)).toBe('a.yml: 1 responders, no errors')
})
