import { describe, expect, it } from 'vitest'
import { explainFinding } from '../../../shared/app/explain-finding.ts'
import type { FindingRules } from '../../../shared/core/directory/finding-rules.ts'
import { organisation, person } from '../core/directory/sample-directory.ts'
import { ungraded } from '../core/findings/ungraded-finding.ts'

const NOW = '2027-03-10T10:00:00.000Z'
const [ana, ben] = ['arn:aws:iam::111122223333:user/sample', 'arn:aws:iam::111122223333:user/ben']
const seat = {
  role: 'incident-commander',
  ackWithinSeconds: 300,
  candidates: [{ responder: 'ana' }, { responder: 'ben' }],
}
const directory = (findings: Partial<FindingRules> = {}) =>
  organisation({
    responders: [person('ana', { principals: [ana] }), person('ben', { principals: [ben] })],
    policies: [{ severity: 'SEV2', checkInAfterSeconds: 1800, seats: [seat] }],
    findings: { severities: [], groups: [], suppressions: [], ...findings },
  })

describe('explainFinding', () => {
  it('says by what it is grouped, how bad it is, and who would be called', () => {
    const explained = explainFinding(ungraded({ principal: 'nobody' }), directory(), NOW)
    expect(explained).toMatchObject({ severitySteps: [], incidentSeverity: 'SEV2', reason: null, suppression: null })
    expect(explained.group).toMatchObject({
      ruleId: null,
      parts: [
        { part: 'account', value: '111122223333' },
        { part: 'actor', value: 'nobody' },
        { part: 'family', value: 'Software and Configuration Checks' },
      ],
    })
    expect(explained.calls).toMatchObject([
      { role: 'incident-commander', next: { responderId: 'ana', reason: 'OnCall' } },
    ])
  })

  it('passes over whom the finding names', () => {
    const named = ungraded({ principals: ['111122223333:user/sample'] as never })
    expect(explainFinding(named, directory(), NOW).calls).toMatchObject([
      { next: { responderId: 'ben' }, skipped: [{ responderId: 'ana', reason: 'ConflictOfInterest' }] },
    ])
  })

  it('names the rules, of the user and built in, each with its part', () => {
    const severities = [{ id: 'worse', filter: {}, severity: 'CRITICAL', use: 'raise' }] as const
    const groups = [{ id: 'per-region', filter: {}, by: ['region', 'account', 'type'] }] as const
    const alarm = ungraded({ source: 'cloudwatch', severity: null })
    const explained = explainFinding(alarm, directory({ severities, groups }), NOW)
    expect(explained.severitySteps).toEqual([
      { ruleId: 'cloudwatch-alarm', severity: 'HIGH', isBuiltIn: true },
      { ruleId: 'worse', severity: 'CRITICAL', isBuiltIn: false },
    ])
    expect(explained.group).toMatchObject({
      ruleId: 'per-region',
      parts: [
        { part: 'account', value: '111122223333' },
        { part: 'region', value: 'eu-central-1' },
        { part: 'type', value: 'Software and Configuration Checks/Open' },
      ],
    })
    expect(explained).toMatchObject({ incidentSeverity: null, reason: 'NoPolicy', calls: [] })
  })

  it('says which rule holds it back', () => {
    const hold = {
      id: 'noise',
      kind: 'suppression',
      filter: { source: ['*'] },
      owner: 'ana',
      reason: 'a test',
    } as const
    const suppressions = [{ ...hold, from: NOW, until: '2027-03-11T00:00:00.000Z' }]
    const explained = explainFinding(ungraded(), directory({ suppressions }), NOW)
    expect(explained).toMatchObject({
      incidentSeverity: null,
      reason: 'SuppressedByRule',
      suppression: { id: 'noise' },
    })
  })

  it('without a directory knows the built-in rules, and nobody to call', () => {
    expect(explainFinding(ungraded(), null, NOW)).toMatchObject({ incidentSeverity: 'SEV2', reason: null, calls: null })
    const archived = ungraded({ ignoredReason: 'Archived' })
    expect(explainFinding(archived, null, NOW)).toMatchObject({ incidentSeverity: null, reason: 'Archived' })
  })
})
