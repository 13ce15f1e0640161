import { describe, expect, it } from 'vitest'
import { renderScreen } from '../../../../../functions/serve-api/console/render-screen.ts'
import type { LocalMessage } from '../../../../../functions/serve-api/console/scene.ts'
import type { IncidentEvent } from '../../../../../shared/core/incident/events.ts'
import { OPENED_AT, paged, seatOpened, sent, ToldIncident, textOf } from './told-incident.ts'

const HOSTILE = '<script>alert("x")</script>'
const open = (title?: string) => new ToldIncident(title).at(0, seatOpened, paged('ana')).at(0, sent('ana'))
const closed: IncidentEvent = { type: 'IncidentClosed', v: 1, data: { responderId: 'ana', note: HOSTILE } }

function message(change: Partial<LocalMessage> = {}): LocalMessage {
  return {
    id: 'msg-1',
    at: OPENED_AT,
    kind: 'page',
    channel: 'email',
    to: 'ana@example.com',
    subject: HOSTILE,
    responderId: 'ana',
    incidentId: 'inc-1',
    role: 'incident-commander',
    links: { acknowledge: 'http://127.0.0.1:8787/a/token~1', code: '42' },
    ...change,
  }
}

describe('renderScreen', () => {
  it('says that it is a sample, and how to bring the own people, only for a sample', () => {
    const text = textOf(renderScreen(open('SAMPLE: a key leaked').screen()))
    expect(text).toContain('SAMPLE.')
    expect(text).toContain('MUSTER_DIRECTORY=my-directory.yml npm start -- --empty')
    expect(text).toContain('npx muster directory import my-directory.yml')
    expect(textOf(renderScreen(open('A SAMPLE: of ore').screen()))).not.toContain('SAMPLE.')
  })

  it('says severity, title, account, since when, and who is called', () => {
    const text = textOf(renderScreen(open().screen()))
    expect(text).toContain('SEV1 A key leaked 123456789012 · since 10:00 · 0 findings')
    expect(text).toContain(
      'Who would be called now, and why Incident Commander Being called: Sample Ana (on call now).',
    )
    expect(text).toContain('Timeline 10:00 Accepted for delivery: e-mail to Sample Ana (page).')
  })

  it('escapes titles, and names no link unless it is on this machine', () => {
    const said = String(renderScreen(open(HOSTILE).screen()))
    expect(said).not.toContain('<script')
    expect(said).toContain('&lt;script&gt;')
    expect(said).not.toContain('/a/')
    expect(said).not.toContain('would have left')
  })

  it('shows the messages of the incident with their links, on this page’s own host', () => {
    const messages = [message(), message({ id: 'msg-2', incidentId: 'other', subject: 'not of this' })]
    const said = String(renderScreen(open().screen(messages)))
    expect(said).toContain('href="/a/token~1"')
    expect(textOf(said)).toContain('Take Incident Commander as Sample Ana its two digits: 42')
    expect(said).not.toContain('<script')
    expect(said).not.toContain('not of this')
  })

  it('shows the newest ten messages, newest first, and none yet where there is none', () => {
    const many = Array.from({ length: 12 }, (_, place) => message({ id: `msg-${place}`, subject: `subject ${place}.` }))
    const text = textOf(renderScreen(open().screen(many)))
    expect(text.indexOf('subject 11.')).toBeLessThan(text.indexOf('subject 2.'))
    expect(text).not.toContain('subject 1.')
    expect(textOf(renderScreen(open().screen([])))).toContain('None yet.')
  })

  it('has other words for a check-in, and no link for a message without one', () => {
    const links = { acknowledge: null, code: null }
    const messages = [message({ kind: 'check-in' }), message({ id: 'm', kind: 'clock', role: null, links })]
    const text = textOf(renderScreen(open().screen(messages)))
    expect(text).toContain('Say that you are still Incident Commander as Sample Ana')
    expect(text.match(/as Sample Ana its two digits/g)).toHaveLength(1)
  })

  it('folds what is closed, with when and by whom', () => {
    const said = String(renderScreen(open().at(60, closed).screen()))
    expect(textOf(said)).toContain('Nothing is open')
    expect(textOf(said)).toContain('Closed (1) SEV1 A key leaked, closed 10:01 by Sample Ana')
    expect(said).toContain('<details class="closed-ones" id="closed">')
    expect(said).not.toContain('<script')
  })

  it('says how to post a first event, and who would be called, while nothing is open', () => {
    const empty = { ...open().screen(), open: [] }
    expect(textOf(renderScreen(empty))).toContain('curl -sS -X POST http://127.0.0.1:8787/v1/events')
    const next = { responderId: 'ben', reason: 'OnCall', at: OPENED_AT } as const
    const call = {
      role: 'incident-commander',
      status: 'engaging',
      calling: [],
      next,
      skipped: [],
      resumesAt: null,
    } as const
    expect(textOf(renderScreen({ ...empty, callsForNew: [call] }))).toContain(
      'Who would be called now, and why (SEV1) Incident Commander Next: Sample Ben, now (on call now).',
    )
  })

  it('says that there are more', () => {
    expect(String(renderScreen({ ...open().screen(), isMore: true }))).toContain('href="/v1/incidents"')
  })
})
