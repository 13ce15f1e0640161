import { expect, test } from 'vitest'
import { run } from './fake-terminal.ts'

test.each([[['--help']], [['-h']], [['findings', 'normalize', '--help']], [['incidents', 'show', 'x', '-h']]])(
  '%j prints usage and exit codes',
  async (words) => {
    const { exit, out, err } = await run(words)
    expect({ exit, err }).toEqual({ exit: 0, err: [] })
    expect(out.join('\n')).toMatch(/^USAGE muster/m)
    expect(out.at(-1)).toMatch(/^EXIT CODES 0 fine, 1 .+, 2 bad input/)
    expect(out.join('')).not.toContain('\u001b')
  },
)

test('the usage of the whole names every verb, that of a verb its options', async () => {
  const whole = (await run(['--help'])).out.join('\n')
  for (const verb of ['findings', 'directory', 'on-call', 'incidents', 'ack', 'verify', 'doctor', 'redrive'])
    expect(whole).toContain(verb)
  const onCall = (await run(['on-call', '--help'])).out.join('\n')
  for (const option of ['--role', '--rotation', '--at', '--json']) expect(onCall).toContain(option)
  const redrive = (await run(['redrive', '--help'])).out.join('\n')
  for (const option of ['--stack', '--region', '--queue', '--dry-run', '--json']) expect(redrive).toContain(option)
})

test.each([
  [['frobnicate'], 'muster: unknown verb frobnicate; see muster --help'],
  [['incident'], 'muster: unknown verb incident; perhaps incidents; see muster --help'],
  [['directory', 'chek'], 'muster directory: unknown verb chek; perhaps check; see muster directory --help'],
  [['toString'], 'muster: unknown verb toString; see muster --help'],
  [['--json'], 'muster: unknown option --json; see muster --help'],
  [['verify', '--fast'], "muster verify: Unknown option '--fast'"],
  [['verify', 'now'], 'muster verify: nothing was expected where "now" stands'],
  [['ack', 'INC', 'incident-commander'], 'muster ack: Missing required positional argument: RESPONDER'],
  [['on-call', '--role'], "muster on-call: Option '--role <value>' argument missing"],
  [['on-call'], 'muster on-call: expected either --role or --rotation'],
  [['on-call', '--role', 'a', '--rotation', 'b'], 'muster on-call: expected either --role or --rotation'],
  [
    ['incidents', '--status', 'shut'],
    'muster incidents: Invalid value for argument: --status (shut). Expected one of: open, closed.',
  ],
  [['findings', 'normalize'], 'muster findings normalize: Missing required positional argument: FILE'],
  [['directory', 'check', 'gone.yml'], 'muster directory check: gone.yml cannot be read: no such file'],
  [['directory', 'import', 'gone.yml'], 'muster directory import: gone.yml cannot be read: no such file'],
])('%j is bad input', async (words, complaint) => {
  expect(await run(words)).toEqual({ exit: 2, out: [], err: [complaint], asked: [] })
})

test.each([[[]], [['findings']], [['directory']]])('%j lacks a verb: usage, as a complaint', async (words) => {
  const { exit, out, err } = await run(words)
  expect({ exit, out }).toEqual({ exit: 2, out: [] })
  expect(err.join('\n')).toMatch(/^USAGE muster/m)
})

test('what follows -- is no option', async () => {
  const { exit, err } = await run(['directory', 'check', '--', '--help'])
  expect({ exit, err }).toEqual({ exit: 2, err: ['muster directory check: --help cannot be read: no such file'] })
})
