import { describe, expect, it } from 'vitest'
import { sentenceOf, tellingOf } from '../../../../../functions/serve-api/console/timeline-sentences.ts'
import type { EventOf, EventType, IncidentEvent } from '../../../../../shared/core/incident/events.ts'
import { finding } from '../../../core/paging/given.ts'
import { naming, OPENED_AT, ROLE, textOf } from './told-incident.ts'

const seat = { role: ROLE, responderId: 'ana' } as const
const target = { effectId: 'e1', responderId: 'ana', channelId: 'mail', channel: 'sms' } as const
const clock = { clockId: 'clk-1', responderId: 'ana' } as const
const stage = { clockId: 'clk-1', stageId: 'authority', responderId: 'ana' } as const
const note = { noteId: 'n', noteHash: 'h' } as const
const anchor = { name: 'awareness', at: OPENED_AT, basis: 'presumed' } as const
const deadline = { stageId: 'authority', anchor, dueAt: OPENED_AT, safeDueAt: OPENED_AT, steps: ['one'] } as const

/** An example of every type of event: one that is missing does not compile. */
const EXAMPLES: { readonly [Type in EventType]: readonly [EventOf<Type>['data'], string] } = {
  IncidentOpened: [
    {
      title: 't',
      severity: 'SEV1',
      groupHash: 'g',
      groupKey: 'g',
      episode: 1,
      accountId: null,
      declaredBy: null,
      signalReceivedAt: OPENED_AT,
      occurredAt: null,
    },
    'Incident opened as SEV1: the first finding has arrived.',
  ],
  FindingJoined: [finding('a'), 'Finding: Sample finding (guardduty, HIGH).'],
  FindingUpdated: [{ ...finding('a'), state: 'active' }, 'Finding changed (active): Sample finding, seen 1 times.'],
  IncidentReopened: [{ findingKey: 'k' }, 'New activity soon after closing: the incident is open again.'],
  SeverityRaised: [{ from: 'SEV2', to: 'SEV1', note: null }, 'Severity rose from SEV2 to SEV1.'],
  SeverityLowered: [
    { from: 'SEV1', to: 'SEV2', responderId: 'ana', note: 'contained' },
    'Sample Ana lowered the severity from SEV1 to SEV2: “contained”.',
  ],
  IncidentClosed: [{ responderId: 'ana', note: 'over' }, 'Sample Ana closed the incident: “over”.'],
  FactsRecorded: [
    { responderId: 'ana', dataCategories: ['personal', 'health'], residents: ['DE'] },
    'Sample Ana recorded what is concerned: data personal and health; people of DE.',
  ],
  SeatOpened: [
    { role: ROLE, ackWithinSeconds: 300, checkInAfterSeconds: 1800, reason: 'SeverityRaised' },
    'Somebody is needed as Incident Commander: the severity rose.',
  ],
  CandidateSkipped: [
    { ...seat, round: 1, reason: 'Absent' },
    'Sample Ana is skipped for Incident Commander: on holiday or away.',
  ],
  CandidateDeferred: [
    { ...seat, until: OPENED_AT, reason: 'QuietHours' },
    'Sample Ana has quiet hours and is called for Incident Commander at 10:00.',
  ],
  PageRequested: [
    { ...target, ...seat, channelsLeft: [], round: 1, reason: 'OnCall', bundleId: 'b' },
    'Sample Ana is called as Incident Commander by SMS: on call now.',
  ],
  ChannelSkipped: [
    { ...seat, channelId: 'mail', reason: 'ChannelRefused' },
    'e-mail to Sample Ana is left out (Incident Commander): the channel is dead.',
  ],
  AttemptEnded: [
    { ...seat, reason: 'WindowElapsed' },
    'The call to Sample Ana for Incident Commander ended: no answer in time.',
  ],
  SeatAcknowledged: [
    { ...seat, acting: true, via: 'link', reason: 'OnCall', replaced: 'ben' },
    'Sample Ana has taken Incident Commander, acting: without the role, in place of Sample Ben.',
  ],
  SeatDeclined: [{ ...seat, note: 'ill' }, 'Sample Ana declined Incident Commander: “ill”.'],
  SeatHandedOver: [{ ...seat, to: 'cho', note: null }, 'Sample Ana hands Incident Commander over to Sample Cho.'],
  SeatEscalated: [{ ...seat, note: null }, 'Sample Ana asked for the next person as Incident Commander.'],
  SeatExhausted: [
    { role: ROLE, round: 2, resumesAt: OPENED_AT, reason: 'Exhausted' },
    'Everybody was tried for Incident Commander and nobody took it (round 2); calling again at 10:00.',
  ],
  RoundStarted: [
    { role: ROLE, round: 3, reason: 'NewRound' },
    'Calling again from the top for Incident Commander, round 3.',
  ],
  CheckInRequested: [
    { ...target, ...seat, channelsLeft: [], bundleId: 'b' },
    'Sample Ana is asked by SMS for a sign of life as Incident Commander.',
  ],
  CheckInPutOff: [
    { ...seat, until: OPENED_AT, reason: 'QuietHours' },
    'Sample Ana has quiet hours and is asked for a sign of life as Incident Commander at 10:00.',
  ],
  CheckInMissed: [
    { ...seat, reason: 'CheckInUnanswered' },
    'Sample Ana gave no sign of life as Incident Commander: others are called.',
  ],
  CheckInAnswered: [seat, 'Sample Ana is still there as Incident Commander.'],
  NoticeRequested: [
    { ...target, about: 'reopened', bundleId: 'b' },
    'Sample Ana is told by SMS: the incident is open again.',
  ],
  MessageSent: [{ effectId: 'e1', kind: 'page' }, 'Accepted for delivery: SMS to Sample Ana (page).'],
  MessageFailed: [
    { effectId: 'e1', kind: 'page', responderId: 'ana', channelId: 'mail', reason: 'DeliveryFailed' },
    'e-mail to Sample Ana failed: could not be reached (page).',
  ],
  MessageWithheld: [
    { effectId: 'e1', kind: 'page', reason: 'SeatTaken' },
    'Not sent any more: SMS to Sample Ana (page): the seat was taken.',
  ],
  EffectsQueuedAgain: [
    { effects: [{ effectId: 'e1', queueAgainAt: OPENED_AT }] },
    'No answer from a provider yet, so it is tried again: SMS to Sample Ana.',
  ],
  ClockStarted: [
    {
      clockId: 'clk-1',
      obligationId: 'eu-gdpr-art33-authority',
      obligationVersion: 1,
      entityId: 'example-gmbh',
      role: 'controller',
      stages: [deadline],
    },
    'A notification clock runs for example-gmbh as controller: GDPR: personal data breach, to the supervisory authority; it counts from 10:00 (awareness, presumed from the signal; not an admission).',
  ],
  ClockWarned: [
    { ...target, bundleId: 'b', stages: [{ clockId: 'clk-1', stageId: 'authority', warned: 1 }] },
    'Sample Ana is warned by SMS about 1 running deadline.',
  ],
  ClockWarningDeferred: [
    { responderId: null, until: OPENED_AT, because: 'nobody-to-tell' },
    'A warning waits until 10:00: nobody can be told.',
  ],
  ClockConfirmed: [
    clock,
    'Sample Ana confirmed the clock of GDPR: personal data breach, to the supervisory authority, example-gmbh.',
  ],
  StageReanchored: [
    { ...deadline, ...clock, anchor: { name: 'awareness', at: null, basis: 'recorded' } },
    'Sample Ana recorded a moment for the clock of GDPR: personal data breach, to the supervisory authority, example-gmbh: it waits for its moment (awareness).',
  ],
  ClockDeclaredNotNotifiable: [
    { ...clock, ...note },
    'Sample Ana decided that it is not notifiable: GDPR: personal data breach, to the supervisory authority, example-gmbh.',
  ],
  ClockReopened: [
    { clockId: 'clk-1', because: 'new-facts' },
    'The clock of GDPR: personal data breach, to the supervisory authority, example-gmbh is open again: new facts.',
  ],
  StageSubmitted: [
    { ...stage, submittedAt: OPENED_AT, phase: 'initial', receipt: null },
    'Sample Ana recorded a submission (initial) at 10:00: stage authority of GDPR: personal data breach, to the supervisory authority, example-gmbh.',
  ],
  StageWaived: [
    { ...stage, ...note },
    'Sample Ana waived stage authority of GDPR: personal data breach, to the supervisory authority, example-gmbh.',
  ],
  StageMissed: [
    { clockId: 'clk-1', stageId: 'authority' },
    'Missed: stage authority of GDPR: personal data breach, to the supervisory authority, example-gmbh was not submitted in time.',
  ],
  IncidentAbsorbed: [
    {
      title: 'Another key leaked',
      severity: 'SEV1',
      signalReceivedAt: OPENED_AT,
      occurredAt: null,
      awarenessAt: null,
      accounts: [],
      principals: [],
      refusedChannels: [],
      facts: { dataCategories: [], residents: [], other: {} },
      lastJoinAt: OPENED_AT,
      seats: [],
      absorbed: [],
      linked: [],
      incidentId: 'inc-2',
      upTo: 3,
      print: 'p',
      responderId: 'ana',
      note: 'one attack',
      findings: { distinct: 2, added: 2 },
    },
    'Sample Ana merged inc-2 (Another key leaked) into this incident: “one attack”. Findings that came with it: 2.',
  ],
  IncidentMerged: [
    { into: 'inc-0', responderId: 'ana', note: 'one attack' },
    'Sample Ana merged this incident into inc-0, where it goes on: “one attack”.',
  ],
  ClockCarried: [
    {
      clockId: 'clk-9',
      obligationId: 'eu-gdpr-art33-authority',
      obligationVersion: 1,
      entityId: 'example-gmbh',
      role: 'controller',
      status: 'confirmed',
      from: { incidentId: 'inc-2', clockId: 'clk-8' },
      stages: [],
    },
    'GDPR: personal data breach, to the supervisory authority for example-gmbh goes on here, from inc-2.',
  ],
  FindingsSplitOff: [
    { incidentId: 'inc-3', findings: ['a', 'b'], accounts: [], responderId: 'ana', note: 'another thing' },
    'Sample Ana split off 2 findings, which opened inc-3: “another thing”.',
  ],
  IncidentsLinked: [
    { incidentId: 'inc-4', because: 'shared-indicator', indicators: ['ip:198.51.100.7', 'domain:example.net'] },
    'Shown together with inc-4: both name ip:198.51.100.7 and domain:example.net.',
  ],
}

const event = (type: string, data: unknown) => ({ type, v: 1, data }) as unknown as IncidentEvent
const steps = (['PageRequested', 'ClockStarted'] as const).map((type) => ({
  sequence: 1,
  at: OPENED_AT,
  actor: 'muster',
  event: event(type, EXAMPLES[type][0]),
}))
const telling = tellingOf(steps, naming)

describe('sentenceOf', () => {
  it.each(Object.entries(EXAMPLES))('tells %s', (type, [data, text]) => {
    expect(textOf(sentenceOf(event(type, data), telling))).toBe(text)
  })

  it('says that a person declared the incident, and that a channel is dead', () => {
    const [opened] = EXAMPLES.IncidentOpened
    const [failed] = EXAMPLES.MessageFailed
    expect(textOf(sentenceOf(event('IncidentOpened', { ...opened, declaredBy: 'ana' }), telling))).toBe(
      'Sample Ana declared the incident as SEV1.',
    )
    expect(textOf(sentenceOf(event('MessageFailed', { ...failed, reason: 'ChannelRefused' }), telling))).toContain(
      'refused',
    )
  })

  it('says what the incident is called since it rose', () => {
    const raised = { from: 'SEV3', to: 'SEV1', note: null, title: 'Keys <b>leaked</b>' }
    expect(textOf(sentenceOf(event('SeverityRaised', raised), telling))).toBe(
      'Severity rose from SEV3 to SEV1. The incident is called “Keys &lt;b&gt;leaked&lt;/b&gt;” from here on.',
    )
  })

  it('says to whom it is told that the severity rose', () => {
    const [notice] = EXAMPLES.NoticeRequested
    expect(textOf(sentenceOf(event('NoticeRequested', { ...notice, about: 'raised' }), telling))).toBe(
      'Sample Ana is told by SMS: the severity rose.',
    )
  })

  it('says from which incident one was split off', () => {
    const [opened] = EXAMPLES.IncidentOpened
    const splitFrom = { incidentId: 'inc-1', responderId: 'ana', note: 'another thing' }
    expect(textOf(sentenceOf(event('IncidentOpened', { ...opened, splitFrom }), telling))).toBe(
      'Sample Ana split this incident off inc-1, as SEV1: “another thing”.',
    )
  })

  it('says what a provider said of a message that failed', () => {
    const [failed] = EXAMPLES.MessageFailed
    expect(textOf(sentenceOf(event('MessageFailed', { ...failed, detail: 'a landline' }), telling))).toBe(
      'e-mail to Sample Ana failed: could not be reached (page). What was said: a landline',
    )
  })

  it('names facts of any other name, without what they say', () => {
    const other = { ransomPaid: true, affected: { DE: 1200 } }
    const data = { responderId: 'ana', dataCategories: [], residents: [], other }
    expect(textOf(sentenceOf(event('FactsRecorded', data), telling))).toBe(
      'Sample Ana recorded what is concerned: facts named ransomPaid and affected.',
    )
  })

  it('names a type that it does not know, and messages and clocks of which the record has no beginning', () => {
    expect(sentenceOf(event('FromTomorrow', {}), telling)).toBe('FromTomorrow')
    const bare = tellingOf([], naming)
    expect(textOf(sentenceOf(event('MessageSent', { effectId: 'e9', kind: 'page' }), bare))).toContain('a message')
    expect(textOf(sentenceOf(event('ClockConfirmed', clock), bare))).toContain('clk-1')
  })

  it('escapes what comes from outside', () => {
    const hostile = finding('a')
    const title = '<img src=x onerror=alert(1)>"\''
    const said = String(
      sentenceOf(event('FindingJoined', { ...hostile, finding: { ...hostile.finding, title } }), telling),
    )
    expect(said).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;')
    expect(said).not.toContain('<img')
    const why = { from: 'SEV1', to: 'SEV2', responderId: '<b>', note: '<script>' }
    expect(String(sentenceOf(event('SeverityLowered', why), telling))).not.toMatch(/<(b|script)>/)
  })
})
