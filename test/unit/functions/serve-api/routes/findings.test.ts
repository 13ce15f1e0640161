import { beforeEach, describe, expect, it } from 'vitest'
import { ignoredListShape } from '../../../../../functions/serve-api/answer-shapes.ts'
import { InMemoryApi, sampleFinding, sampleOrganisation } from '../in-memory-api.ts'

const HOLD = {
  ...{ id: 'noise', kind: 'suppression', filter: { severity: 'HIGH' }, owner: 'ana', reason: 'a <test>' },
  until: '2027-06-01T00:00Z',
}
let api: InMemoryApi
beforeEach(async () => {
  api = await InMemoryApi.start(
    sampleOrganisation((directory) => ({ ...directory, findings: { suppressions: [HOLD] } })),
  )
})
const post = (id: string, severity: number) => api.post('/v1/events', sampleFinding({ id, severity }, api.muster.now))

describe('GET /v1/findings', () => {
  it('lists what did not page, with why and by which rule', async () => {
    await post('held', 8)
    await post('no-policy', 2)
    await post('paged', 9.5)
    const { status, json } = await api.get('/v1/findings?status=ignored')
    expect(status).toBe(200)
    expect(ignoredListShape.parse(json)).toHaveLength(2)
    expect((await api.get('/v1/findings?status=ignored&reason=SuppressedByRule')).json).toMatchObject([
      {
        severity: 'HIGH',
        heldBy: { ruleId: 'noise', owner: 'ana', reason: 'a <test>', until: '2027-06-01T00:00:00.000Z' },
      },
    ])
    expect((await api.get('/v1/findings?status=ignored&reason=NoPolicy')).json).toMatchObject([{ heldBy: null }])
  })

  it('gives page after page by the Link header', async () => {
    for (let n = 0; n < 5; n += 1) await post(`f${n}`, 8)
    const keys: string[] = []
    for (let path: string | null = '/v1/findings?status=ignored&limit=2&reason=SuppressedByRule'; path !== null; ) {
      const { json, headers } = await api.get(path)
      keys.push(...json.map(({ key }: { key: string }) => key))
      path = headers.get('link')?.match(/^<(.*)>; rel="next"$/)?.[1] ?? null
    }
    expect([keys.length, new Set(keys).size]).toEqual([5, 5])
  })

  it('refuses what it does not know', async () => {
    const queries = [
      '',
      '?status=paged',
      '?status=ignored&reason=Bored',
      '?status=ignored&limit=0',
      '?status=ignored&after=x',
    ]
    for (const query of queries) expect((await api.get(`/v1/findings${query}`)).status).toBe(400)
  })
})

describe('the directory', () => {
  it('takes rules in and gives them out to the same', async () => {
    const { json } = await api.get('/v1/directory')
    expect(json.findings.suppressions).toMatchObject([{ id: 'noise', filter: { severity: ['HIGH'] } }])
    const again = await api.call('PUT', '/v1/directory', json)
    expect(again).toMatchObject({ status: 200, json: { warnings: expect.any(Array) } })
    expect((await api.get('/v1/directory')).json).toEqual(json)
    const yaml = await api.get('/v1/directory', { accept: 'application/yaml' })
    expect((await api.call('PUT', '/v1/directory', yaml.text)).json.version).toBe(again.json.version)
  })

  it('says what has ended, and refuses what would never end', async () => {
    const put = (until: string) =>
      api.call(
        'PUT',
        '/v1/directory',
        sampleOrganisation((one) => ({ ...one, findings: { suppressions: [{ ...HOLD, until }] } })),
      )
    const texts = (await put('2027-03-10T10:00Z')).json.warnings.map(({ text }: { text: string }) => text)
    expect(texts).toContain('noise ended at 2027-03-10T10:00:00.000Z and holds nothing back')
    expect(await put('2099-01-01T00:00Z')).toMatchObject({
      ...{ status: 400, json: { errors: [{ path: 'findings.suppressions[0].until' }] } },
    })
  })
})

describe('the page of what was set aside', () => {
  it('shows the newest with why, escaped, and is linked from the first screen', async () => {
    expect((await api.get('/')).text).toContain('href="/console/set-aside"')
    expect((await api.get('/console/set-aside')).text).toContain('Nothing was set aside')
    await post('held', 8)
    const { status, headers, text } = await api.get('/console/set-aside')
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(text).toContain('Not paged: held back by a rule, <code>noise</code> of Sample ana, until')
    expect(text).toContain('a &lt;test&gt;')
    expect(text).toContain('sample-plain (444455556666)')
    expect(text).not.toMatch(/<test>|<used>|<script|style=| on[a-z]+="/)
  })

  it('leads to older ones, and back from an address that it never gave', async () => {
    for (let n = 0; n < 51; n += 1) await post(`f${n}`, 8)
    const older = (await api.get('/console/set-aside')).text.match(/href="(\/console\/set-aside\?after=[^"]+)"/)?.[1]
    expect((await api.get(older ?? '')).text.match(/class="severity"/g)).toHaveLength(1)
    const lost = await api.get('/console/set-aside?after=made-up')
    expect([lost.status, lost.headers.get('location')]).toEqual([302, '/console/set-aside'])
  })
})
