import { beforeEach, describe, expect, it } from 'vitest'
import { localDoor } from '../../../../infra/local/local-door.ts'

type Stack = Parameters<typeof localDoor>[0]

let settled: number
let door: ReturnType<typeof localDoor>
let logged: string[]

beforeEach(() => {
  settled = 0
  logged = []
  const stack = {
    api: { fetch: async (request: Request) => new Response(`${request.method} answered`) },
    runtime: {
      settle: async () => {
        settled += 1
      },
    },
    advance: { by: async (ms: number) => (ms === 1000 ? Promise.reject(new Error('no database')) : `moved ${ms}`) },
    outbox: { rows: () => [{ id: 'msg-1' }] },
  } as unknown as Stack
  door = localDoor(
    stack,
    () => 8787,
    (line) => logged.push(line),
  )
})

function ask(path: string, init: RequestInit & { headers?: Record<string, string> } = {}) {
  return door.request(path, { ...init, headers: { host: '127.0.0.1:8787', ...init.headers } })
}

const advance = (body: string) => ask('/local/advance', { method: 'POST', body })

describe('the local door', () => {
  it('answers under the names of this machine only', async () => {
    for (const host of ['127.0.0.1:8787', 'localhost:8787', '[::1]:8787']) {
      expect((await ask('/v1/incidents', { headers: { host } })).status).toBe(200)
    }
    for (const host of ['evil.example', '127.0.0.1', '127.0.0.1:80', '']) {
      expect((await ask('/v1/incidents', { headers: { host } })).status).toBe(403)
    }
  })

  it("lets no other site's page change anything, or ask by itself; a link that is followed works", async () => {
    const post = { method: 'POST' }
    expect((await ask('/v1/events', { ...post, headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect((await ask('/v1/events', { ...post, headers: { origin: 'http://127.0.0.1:8787' } })).status).toBe(200)
    const elsewhere = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }
    expect((await ask('/v1/verify', { headers: elsewhere })).status).toBe(403)
    const followed = { ...elsewhere, 'sec-fetch-mode': 'navigate' }
    expect((await ask('/a/token', { headers: followed })).status).toBe(200)
    expect((await ask('/a/token', { ...post, headers: followed })).status).toBe(403)
    expect((await ask('/v1/events', { ...post, headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(200)
  })

  it('answers a change when all that follows is done, and a look at once', async () => {
    await ask('/v1/incidents')
    expect(settled).toBe(0)
    expect(await (await ask('/v1/events', { method: 'POST' })).text()).toBe('POST answered')
    expect(settled).toBe(1)
  })

  it('moves time by a duration, and says what it expects otherwise', async () => {
    expect(await (await advance('{"by":"PT5M"}')).json()).toEqual({ now: 'moved 300000' })
    for (const body of ['', '{', '[]', '{"by":"P401D"}', '{"by":5}']) {
      const refused = await advance(body)
      expect(refused.status).toBe(400)
      expect(await refused.json()).toMatchObject({ status: 400, detail: expect.stringContaining('PT0S to P400D') })
    }
    expect((await advance(JSON.stringify({ by: 'x'.repeat(5000) }))).status).toBe(413)
  })

  it('a fault is a problem, without its inside', async () => {
    const failed = await advance('{"by":"PT1S"}')
    expect(failed.status).toBe(503)
    expect(failed.headers.get('content-type')).toBe('application/problem+json')
    expect(await failed.text()).not.toContain('database')
    expect(logged).toEqual(['a request failed: no database'])
  })

  it('shows the outbox', async () => {
    expect(await (await ask('/local/outbox')).json()).toEqual([{ id: 'msg-1' }])
  })
})
