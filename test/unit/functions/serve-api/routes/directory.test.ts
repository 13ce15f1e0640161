import { beforeEach, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { importedShape } from '../../../../../functions/serve-api/answer-shapes.ts'
import { InMemoryApi, sampleOrganisation } from '../in-memory-api.ts'

let api: InMemoryApi
beforeEach(async () => {
  api = await InMemoryApi.start()
})

const put = (body: unknown) => api.call('PUT', '/v1/directory', body)

describe('PUT /v1/directory', () => {
  it('takes JSON and YAML, and counts from the answer on', async () => {
    const other = sampleOrganisation((directory) => ({ ...directory, rotations: [] }))
    const { status, json } = await put(other)
    expect(status).toBe(200)
    expect(importedShape.parse(json)).toMatchObject({ responders: 7, rotations: 0, policies: 2, accounts: 2 })
    expect((await put(stringify(other))).json.version).toBe(json.version)
    expect((await api.get('/v1/on-call?rotation=commanders')).status).toBe(404)
  })

  it('changes nothing when anything is wrong, and says all of it', async () => {
    const before = await api.everything()
    const text = 'version: 1\nresponders:\n  - {id: ANA, zone: Mars/Base, roles: []}\npolicies: 7\n'
    const { status, json, headers } = await put(text)
    expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json'])
    expect(json.errors).toContainEqual({
      path: 'responders[0].id',
      line: 3,
      found: '"ANA"',
      expected: expect.any(String),
    })
    expect(json.errors.length).toBeGreaterThan(2)
    expect(await api.everything()).toBe(before)
    expect((await put('"')).status).toBe(400)
    expect((await put(`# ${'x'.repeat(1_048_576)}`)).status).toBe(413)
  })
})

describe('GET /v1/directory', () => {
  it('gives a file that can be put back, in either form', async () => {
    const { json, headers } = await api.get('/v1/directory')
    const { version } = (await put(json)).json
    expect(headers.get('etag')).toBe(`"${version}"`)
    const yaml = await api.get('/v1/directory', { accept: 'application/yaml' })
    expect(yaml.headers.get('content-type')).toMatch(/^application\/yaml/)
    expect((await put(yaml.text)).json.version).toBe(version)
  })
})
