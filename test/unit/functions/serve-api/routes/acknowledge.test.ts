import { beforeEach, describe, expect, it } from 'vitest'
import { type Answer, InMemoryApi } from '../in-memory-api.ts'

let api: InMemoryApi
let id: string
beforeEach(async () => {
  api = await InMemoryApi.start()
  id = await api.open()
})

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const ROLE = 'incident-commander'
const holder = async () => (await api.get(`/v1/incidents/${id}`)).json.seats[0].holder

function formOf({ text, headers }: Answer): { form: URLSearchParams; cookie: string } {
  const form = new URLSearchParams()
  for (const [tag] of text.matchAll(/<input\b[^>]*>/g)) {
    form.set(/name="([^"]*)"/.exec(tag)?.[1] ?? '', /value="([^"]*)"/.exec(tag)?.[1] ?? '')
  }
  return { form, cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '' }
}

async function press(
  path: string,
  code: string | null,
  change: (form: URLSearchParams) => void = () => {},
  headers = {},
) {
  const { form, cookie } = formOf(await api.get(path))
  if (code !== null) form.set('code', code)
  change(form)
  const all: Record<string, string> = { ...FORM, cookie, origin: 'https://muster.example.com', ...headers }
  return api.call('POST', path, form.toString(), all)
}

async function smsLink() {
  await api.advance(151)
  return api.linkTo('ana', ROLE, 'sms')
}

describe('GET /a/{token}', () => {
  it('shows what, how bad, where, since when, who else and one form, and changes nothing', async () => {
    const before = await api.everything()
    const { path } = api.linkTo('ana', ROLE)
    const shown = await api.get(path)
    expect(shown.status).toBe(200)
    expect(shown.headers.get('content-type')).toMatch(/^text\/html/)
    for (const part of [
      'SEV1',
      'Credentials of sample-user &lt;used&gt; elsewhere &amp; more',
      'sample-plain (444455556666)',
      '11:00, Wed 10 Mar 2027 (Europe/Berlin)',
      'Cloud Security Engineer: calling Sample dee',
      'Take it: Incident Commander',
      'by 11:05, the next person is called',
      'two digits',
    ]) {
      expect(shown.text).toContain(part)
    }
    expect(shown.text).not.toContain('<used>')
    expect(shown.text.match(/<form/g)).toHaveLength(1)
    expect(shown.text).not.toContain('<script')
    for (let time = 0; time < 5; time += 1) {
      await api.get(path)
      const head = await api.call('HEAD', path)
      expect([head.status, head.text]).toEqual([200, ''])
    }
    expect(await api.everything()).toBe(before)
  })

  it('sets a cookie for these pages only, and headers that keep the address secret', async () => {
    const { headers } = await api.get(api.linkTo('ana', ROLE).path)
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^muster-[0-9a-f]{12}=.*; Max-Age=86400; Path=\/a; HttpOnly; Secure; SameSite=Strict$/),
    ])
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-.*frame-ancestors 'none'/,
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('refuses forged links, and says that it is over when it is', async () => {
    const { path } = api.linkTo('ana', ROLE)
    for (const forged of [
      'x',
      path.slice(3).replace('~ana~', '~ben~'),
      `${path.slice(3)}A`,
      '~~~~~',
      'a'.repeat(3000),
    ]) {
      expect((await api.get(`/a/${forged}`)).status).toBe(400)
    }
    api.muster.now = '2027-03-11T09:59:59.000Z'
    expect((await api.get(path)).status).toBe(200)
    api.muster.now = '2027-03-11T10:00:00.000Z'
    expect((await api.get(path)).status).toBe(410)
  })
})

describe('POST /a/{token}', () => {
  it('takes the seat by one press; from e-mail with the code', async () => {
    const { path, code } = api.linkTo('ana', ROLE)
    expect(code).toMatch(/^\d\d$/)
    const pressed = await press(path, code)
    expect([pressed.status, await holder()]).toEqual([200, 'ana'])
    expect(pressed.text).toContain('You have it: Incident Commander')
    expect(pressed.text).toContain(`href="/#${id}"`)
    const event = (await api.get(`/v1/incidents/${id}/timeline`)).json.find(
      ({ type }: { type: string }) => type === 'SeatAcknowledged',
    )
    expect(event).toMatchObject({ actor: 'ana', data: { via: 'link', reason: 'OnCall' } })
  })

  it('asks for no code on other channels', async () => {
    const { path, code } = await smsLink()
    expect(code).toBeNull()
    expect((await press(path, null)).status).toBe(200)
    expect(await holder()).toBe('ana')
  })

  it('is fine again for the same person, and names the holder to another', async () => {
    const { path, code } = api.linkTo('ana', ROLE)
    await api.post(`/v1/incidents/${id}/seats/${ROLE}/decline`, { responderId: 'ana' })
    const other = api.linkTo('ben', ROLE)
    await press(other.path, other.code)
    const again = await press(other.path, other.code)
    expect([again.status, again.text.includes('You have it already')]).toEqual([200, true])
    const held = await press(path, code)
    expect([held.status, held.text.includes('Sample ben has it')]).toEqual([409, true])
    expect((await api.get(path)).text).toContain('Sample ben holds Incident Commander')
    expect(await holder()).toBe('ben')
  })

  it('refuses every press that did not come from its page, and changes nothing', async () => {
    const { path, code } = api.linkTo('ana', ROLE)
    const before = await api.everything()
    const refused = [
      await api.call('POST', path, 'x=1', FORM),
      await api.call('POST', path, '', FORM),
      await api.call('POST', path, '{}', { 'content-type': 'application/json' }),
      await press(path, code, (form) => form.delete('proof')),
      await press(path, code, (form) => form.set('proof', 'A'.repeat(22))),
      await press(path, code, (form) => form.set('nonce', 'another-nonce-1234')),
      await press(path, code, () => {}, { cookie: '' }),
      await press(path, code, () => {}, { cookie: 'muster-000000000000=a.b' }),
      await press(path, code, () => {}, { origin: 'https://evil.example' }),
      await press(path, code, () => {}, { origin: 'null' }),
      await press(path, code === '10' ? '11' : '10'),
      await press(path, ''),
    ]
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 400))
    expect(refused.at(-1)?.text).toContain('two digits are not those of the mail')
    expect((await api.call('POST', path, 'x'.repeat(5000), FORM)).status).toBe(413)
    expect(await api.everything()).toBe(before)
  })

  it('takes no form of another link', async () => {
    const { form, cookie } = formOf(await api.get(api.linkTo('lena', 'legal-counsel').path))
    const { path, code } = api.linkTo('ana', ROLE)
    form.set('code', code ?? '')
    expect((await api.call('POST', path, form.toString(), { ...FORM, cookie })).status).toBe(400)
  })

  it('lets a page be pressed that was shown before another copy of it', async () => {
    const { path, code } = api.linkTo('ana', ROLE)
    const first = formOf(await api.get(path))
    const second = formOf(await api.get(path, { cookie: first.cookie }))
    first.form.set('code', code ?? '')
    expect((await api.call('POST', path, first.form.toString(), { ...FORM, cookie: second.cookie })).status).toBe(200)
  })

  it('is over when the incident is closed, and not possible where seats exclude each other', async () => {
    const commander = api.linkTo('ana', ROLE)
    await api.post(`/v1/incidents/${id}/seats/legal-counsel/acknowledge`, { responderId: 'ana' })
    expect((await press(commander.path, commander.code)).status).toBe(403)
    await api.post(`/v1/incidents/${id}/seats/${ROLE}/acknowledge`, { responderId: 'ben' })
    await api.post(`/v1/incidents/${id}/close`, { responderId: 'ben', reason: 'over' })
    expect((await api.get(commander.path)).status).toBe(410)
    expect((await press(commander.path, commander.code)).status).toBe(410)
  })
})
