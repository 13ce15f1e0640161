import { describe, expect, it } from 'vitest'
import { incidentSeverityOf, isWorse, ringsAtNight } from '../../../../shared/core/severity/severity.ts'

describe('severities', () => {
  it.each([
    ['CRITICAL', 'SEV1'],
    ['HIGH', 'SEV2'],
    ['MEDIUM', 'SEV3'],
    ['LOW', 'SEV4'],
    ['INFORMATIONAL', null],
  ] as const)('a finding that is %s opens %s', (finding, incident) => {
    expect(incidentSeverityOf(finding)).toBe(incident)
  })

  it('SEV1 is worst, and none is worse than itself', () => {
    expect(isWorse('SEV1', 'SEV2')).toBe(true)
    expect(isWorse('SEV2', 'SEV1')).toBe(false)
    expect(isWorse('SEV2', 'SEV2')).toBe(false)
  })

  it('SEV1 and SEV2 ring at any hour', () => {
    expect((['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const).map(ringsAtNight)).toEqual([true, true, false, false])
  })
})
