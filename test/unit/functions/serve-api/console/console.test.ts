import { describe, expect, it } from 'vitest'
import { consoleRoutes } from '../../../../../functions/serve-api/console/console.ts'
import { InMemoryMuster } from '../../../app/in-memory-muster.ts'

async function withIncident() {
  const muster = await InMemoryMuster.start()
  const incidentId = await muster.open()
  return { muster, incidentId, deployed: consoleRoutes(muster.deps) }
}

describe('consoleRoutes', () => {
  it('serves a page that may run nothing but its own script', async () => {
    const { deployed, incidentId } = await withIncident()
    const answer = await deployed.request('/')
    const text = await answer.text()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain('text/html')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(policy).not.toContain('unsafe')
    expect(text).toContain(`id="${incidentId}"`)
    expect(text).not.toMatch(/<style|style=|<script>| on[a-z]+="/)
  })

  it('serves script, style and icon of its own', async () => {
    const { deployed } = await withIncident()
    const types = ['console.js', 'console.css', 'icon.svg'].map(async (name) => {
      const answer = await deployed.request(`/console/${name}`)
      return [answer.status, answer.headers.get('content-type'), answer.headers.get('x-content-type-options')]
    })
    expect(await Promise.all(types)).toEqual([
      [200, 'text/javascript; charset=utf-8', 'nosniff'],
      [200, 'text/css; charset=utf-8', 'nosniff'],
      [200, 'image/svg+xml', 'nosniff'],
    ])
  })

  it('answers 304 with Muster’s time while nothing has changed, and the screen once something has', async () => {
    const { muster, incidentId, deployed } = await withIncident()
    const first = await deployed.request('/console/incidents')
    const tag = first.headers.get('etag') ?? ''
    expect(await first.text()).toMatch(/^\s*<section aria-label="Open incidents"/)
    await muster.advance(incidentId, 59)
    const again = await deployed.request('/console/incidents', { headers: { 'if-none-match': tag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect(again.headers.get('muster-now')).toBe(muster.now)
    await muster.advance(incidentId, 300)
    const changed = await deployed.request('/console/incidents', { headers: { 'if-none-match': tag } })
    expect(changed.status).toBe(200)
    expect(changed.headers.get('etag')).not.toBe(tag)
    expect(await changed.text()).toContain('no answer in time')
  })

  it('looks again each minute: who would be called may have changed with time alone', async () => {
    const { muster, deployed } = await withIncident()
    const tagNow = async () => (await deployed.request('/console/incidents')).headers.get('etag')
    const before = await tagNow()
    muster.now = '2027-03-10T10:00:59.999Z'
    expect(await tagNow()).toBe(before)
    muster.now = '2027-03-10T10:01:00.000Z'
    expect(await tagNow()).not.toBe(before)
  })

  it('moves time and shows messages only where they do not leave', async () => {
    const { muster, deployed } = await withIncident()
    const local = consoleRoutes({ ...muster.deps, messages: () => [] })
    const [there, here] = await Promise.all([deployed, local].map(async (routes) => (await routes.request('/')).text()))
    expect(there).not.toContain('data-by=')
    expect(there).not.toContain('would have left')
    expect(here).toContain('data-by="PT5M"')
    expect(here).toContain('data-by="PT1H"')
    expect(here).toContain('Messages that would have left')
  })

  it('says who would be called while nothing is open, and how to post to this very address', async () => {
    const muster = await InMemoryMuster.start()
    const answer = await consoleRoutes(muster.deps).request('http://muster.example.com/')
    const text = await answer.text()
    expect(text).toContain('Nothing is open')
    expect(text).toContain('http://muster.example.com/v1/events')
    expect(text).toContain('Who would be called now, and why (SEV1)')
  })

  it('shows the newest incident first', async () => {
    const { muster, incidentId, deployed } = await withIncident()
    muster.now = '2027-03-10T10:20:00.000Z'
    const second = await muster.open('second', 'somebody-else')
    const text = await (await deployed.request('/')).text()
    expect(text.indexOf(`id="${second}"`)).toBeGreaterThan(0)
    expect(text.indexOf(`id="${second}"`)).toBeLessThan(text.indexOf(`id="${incidentId}"`))
  })
})
