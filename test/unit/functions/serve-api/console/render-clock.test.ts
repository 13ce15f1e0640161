import { describe, expect, it } from 'vitest'
import { renderClocks } from '../../../../../functions/serve-api/console/render-clock.ts'
import type { ClockView, StageView } from '../../../../../shared/app/clock-views.ts'
import { naming, OPENED_AT, textOf } from './told-incident.ts'

const STAGE: StageView = {
  id: 'authority',
  status: 'running',
  anchor: { name: 'awareness', at: OPENED_AT, basis: 'presumed' },
  dueAt: '2027-03-13T11:00:00.000Z',
  safeDueAt: '2027-03-13T10:00:00.000Z',
  submissions: [],
  steps: ['Counted <from> the signal.'],
  what: 'Notify the authority',
}
const CLOCK: ClockView = {
  id: 'clk-1',
  obligationId: 'o',
  entityId: 'example-gmbh',
  role: 'controller',
  status: 'provisional',
  stages: [STAGE],
  name: 'GDPR',
  citation: 'Art. 33',
}

const htmlOf = (stage: Partial<StageView> = {}, clock: Partial<ClockView> = {}, now = OPENED_AT) =>
  String(renderClocks([{ ...CLOCK, stages: [{ ...STAGE, ...stage }], ...clock }], naming, now))
const text = (...given: Parameters<typeof htmlOf>) => textOf(htmlOf(...given))

describe('renderClocks', () => {
  it('says name, entity, role, status, and counts to both instants', () => {
    expect(text()).toContain('GDPR provisional example-gmbh as controller · Art. 33 Notify the authority running')
    expect(text()).toContain('Safe until 72:00:00 · 10:00 Due by law 73:00:00 · 11:00')
    expect(text()).toContain('Counts from 10:00 (awareness): presumed from the signal; not an admission.')
    expect(htmlOf()).toContain('data-until="2027-03-13T10:00:00.000Z" data-past="over"')
  })

  it('shows how it was counted, folded and escaped', () => {
    expect(htmlOf()).toContain('<li>Counted &lt;from&gt; the signal.</li>')
    expect(htmlOf()).not.toContain('<details open')
    expect(htmlOf({ steps: [] })).not.toContain('<details')
  })

  it('says that a moment was recorded, or is waited for', () => {
    expect(text({ anchor: { ...STAGE.anchor, basis: 'recorded' } })).toContain('recorded by a person')
    const waiting = text({
      status: 'awaiting-anchor',
      anchor: { ...STAGE.anchor, at: null },
      dueAt: null,
      safeDueAt: null,
    })
    expect(waiting).toContain('waits for its moment')
    expect(waiting).toContain('Waits until somebody records the awareness.')
    expect(waiting).not.toContain('Safe until')
  })

  it('goes on counting once it is missed, and stops once it is submitted or need not be', () => {
    expect(text({ status: 'missed' }, {}, '2027-03-13T11:00:01.000Z')).toContain('Due by law 0:01 over · 11:00')
    expect(htmlOf({ status: 'submitted' })).not.toContain('class="count"')
    expect(htmlOf({}, { status: 'not-notifiable' })).not.toContain('class="count"')
    expect(text({}, { status: 'not-notifiable' })).toContain('not notifiable')
  })

  it('says what was submitted, by whom', () => {
    const submission = {
      submittedAt: OPENED_AT,
      phase: 'initial',
      receipt: 'R-1',
      responderId: 'ana',
      recordedAt: OPENED_AT,
      noteId: null,
    } as const
    const said = text({ status: 'submitted', submissions: [submission, { ...submission, receipt: null }] })
    expect(said).toContain('Submitted 10:00 (initial) by Sample Ana, receipt R-1.')
    expect(said).toContain('Submitted 10:00 (initial) by Sample Ana.')
  })

  it('names what the catalogue does not know any more by its id', () => {
    expect(text({ what: null }, { name: null, citation: null })).toContain(
      'o provisional example-gmbh as controller authority',
    )
  })

  it('says that there is none', () => {
    expect(textOf(renderClocks([], naming, OPENED_AT))).toBe('No notification clock runs on this incident.')
  })
})
