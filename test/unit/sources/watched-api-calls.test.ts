import { expect, test } from 'vitest'
import { WATCHED_API_CALLS } from '../../../shared/sources/watched-api-calls.ts'

test('every call has a service, a name, a tactic and a technique of MITRE ATT&CK, and a reason', () => {
  for (const call of WATCHED_API_CALLS) {
    expect(call.eventSource).toMatch(/^[a-z0-9-]+\.amazonaws\.com$/)
    expect(call.eventName).toMatch(/^[A-Z][A-Za-z0-9]+$/)
    expect(call.tactic).toMatch(/^(?:DefenseEvasion|Persistence|PrivilegeEscalation|Exfiltration|Impact)$/)
    expect(call.technique).toMatch(/^T\d{4}(?:\.\d{3})?$/)
    expect(call.why).toMatch(/^[A-Z].+\.$/)
  }
})

test('no call stands twice for one reason', () => {
  const reasons = WATCHED_API_CALLS.map((call) => `${call.eventSource}:${call.eventName}:${call.only}`)
  expect(new Set(reasons).size).toBe(reasons.length)
})
