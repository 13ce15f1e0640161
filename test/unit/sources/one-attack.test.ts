import { describe, expect, test } from 'vitest'
import { groupKeyOf } from '../../../shared/core/findings/group.ts'
import { isNewer, type KnownVersions, mergeVersions } from '../../../shared/core/findings/version.ts'
import { findingIn, sampleEvent } from './sample-events.ts'

const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
]

describe.each(['leaked-access-key', 'port-probe-low', 'attack-sequence'])('%s by GuardDuty, ASFF and OCSF', (name) => {
  const ways = [`guardduty/${name}`, `securityhub/${name}`, `securityhub/v2-${name}`].map((way) =>
    findingIn(sampleEvent(way)),
  )

  test('agrees in everything that decides', () => {
    const [own, ...wrapped] = ways.map((finding) => ({
      key: finding.key,
      group: groupKeyOf(finding),
      severity: finding.severity,
      source: finding.source,
      title: finding.title,
      where: [finding.accountId, finding.region, finding.partition],
      resources: finding.resources,
      principal: finding.principal,
      principals: finding.principals,
      seen: [finding.firstSeenAt, finding.lastSeenAt],
      version: finding.version,
      count: finding.count,
      tags: finding.tags,
      signals: finding.signals,
      ignoredReason: finding.ignoredReason,
    }))
    for (const other of wrapped) expect(other).toEqual(own)
    expect(ways.map(({ wrapping }) => wrapping)).toEqual(['guardduty', 'asff', 'ocsf'])
  })

  test.each(ORDERS)('is news once, whichever comes first: %i, %i, %i', (...order) => {
    let known: KnownVersions = {}
    const news = order.map((way) => {
      const finding = ways[way]
      if (finding === undefined) throw new Error('no such way')
      const isNews = isNewer(finding.version, finding.wrapping, known)
      known = mergeVersions(known, finding.wrapping, finding.version)
      return isNews
    })
    expect(news).toEqual([true, false, false])
  })
})

test('an attack sequence stands for the finding among its signals', () => {
  const leak = findingIn(sampleEvent('guardduty/leaked-access-key'))
  expect(findingIn(sampleEvent('guardduty/attack-sequence')).signals).toEqual([leak.key])
})

test('GuardDuty, ASFF and OCSF point at the same outside', () => {
  const indicators = (name: string) => findingIn(sampleEvent(name)).indicators
  const expected = ['access-key:ASIAEXAMPLEEXAMPLE02', 'domain:drop.example.net', 'ip:203.0.113.77']
  for (const way of ['guardduty/', 'securityhub/', 'securityhub/v2-']) {
    expect(indicators(`${way}attack-sequence`).toSorted()).toEqual(expected)
  }
})
