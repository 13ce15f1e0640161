import { expect, test } from 'vitest'
import { run } from './fake-terminal.ts'

const PUT = 'PUT /v1/directory'
const files = { 'people.yml': 'version: 1\n', 'people.json': ' {"version": 1}' }
const error = { path: 'responders', line: 1, found: 'nothing', expected: 'a list' }

test.each([
  ['people.yml', 'application/yaml'],
  ['people.json', 'application/json'],
] as const)('%s is sent as %s', async (file, type) => {
  const ran = await run(['directory', 'import', file], {
    files,
    answers: { [PUT]: { status: 200, body: { version: 'a1' } } },
  })
  expect(ran).toMatchObject({ exit: 0, out: [`${file} is the directory now, version a1`], err: [] })
  expect(ran.asked.map(({ body, headers }) => [body, headers.get('content-type')])).toEqual([[files[file], type]])
})

test('errors are printed as `directory check` prints them', async () => {
  const answers = {
    [PUT]: { status: 400, body: { title: 'bad directory', errors: [error, { ...error, line: null }] } },
  }
  expect(await run(['directory', 'import', 'people.yml'], { files, answers })).toMatchObject({
    exit: 1,
    out: [
      'people.yml:1 responders: found nothing, expected a list',
      'people.yml:- responders: found nothing, expected a list',
    ],
    err: [],
  })
  const asJson = await run(['directory', 'import', 'people.yml', '--json'], { files, answers })
  expect(JSON.parse(asJson.out.join(''))).toMatchObject({ file: 'people.yml', errors: [error, { line: null }] })
})

test('an answer as JSON, and a refusal without errors', async () => {
  const fine = { [PUT]: { status: 200, body: { version: 'a1' } } }
  expect((await run(['directory', 'import', 'people.yml', '--json'], { files, answers: fine })).out).toEqual([
    '{"version":"a1","warnings":[]}',
  ])
  const large = { [PUT]: { status: 413, body: { title: 'larger than 1 MB' } } }
  expect(await run(['directory', 'import', 'people.yml'], { files, answers: large })).toMatchObject({
    ...{ exit: 2, out: [], err: ['muster directory import: larger than 1 MB'] },
  })
})

test('warnings are said and change nothing', async () => {
  const warnings = [{ path: 'policies[0]', line: 6, text: 'ana cannot be called' }]
  const answers = { [PUT]: { status: 200, body: { version: 'a1', warnings } } }
  expect(await run(['directory', 'import', 'people.yml'], { files, answers })).toMatchObject({
    exit: 0,
    out: ['people.yml:6 policies[0]: warning, ana cannot be called', 'people.yml is the directory now, version a1'],
  })
})
