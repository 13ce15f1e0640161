import { it } from 'vitest'
import { judge } from './judge/judge.ts'
import { FAULTS } from './world/faults.ts'
import { WORST } from './world/profiles.ts'
import { simulate } from './world/simulate.ts'
it('try', async () => {
  const from = Number(process.env.FROM ?? 1), n = Number(process.env.N ?? 20)
  let ms = 0, jms=0, commits = 0, incidents = 0, acc = 0, bad = 0
  const kinds = new Map<string, number[]>()
  for (let seed = from; seed < from + n; seed++) {
    const t = performance.now()
    const played = await simulate(seed, { traced: process.env.TRACE === '1', ...(process.env.BRUTAL ? { profile: { name: 'swarm' as const, minutes: 40, oneCrash: false, likelihood: Object.fromEntries(FAULTS.map((f) => [f, WORST[f] * Number(process.env.BRUTAL)])) } } : {}) })
    const t2 = performance.now()
    ms += t2 - t
    let v
    v = await judge(played)
    jms += performance.now() - t2
    incidents += played.evidence.commits.size
    for (const c of played.evidence.commits.values()) commits += c.length
    acc += played.evidence.accepted.length
    if (v.length) { bad++
      for (const x of v) kinds.set(x.invariant, [...(kinds.get(x.invariant) ?? []), seed])
      if (bad < 6) console.log(seed, played.profile.name, v.length, JSON.stringify(v.slice(0, 3)))
      if (process.env.TRACE === '1') console.log(played.evidence.deadLetters.join(' '), JSON.stringify(played.evidence.alarms.slice(-5)))
      if (process.env.TRACE === '1') console.log(played.trace?.last(Number(process.env.LAST ?? 80), v[0]?.incidentId ?? null))
    }
  }
  console.log({ perSeed: ms / n, judge: jms/n, commits: commits / n, incidents: incidents / n, acc: acc / n, bad }, [...kinds].map(([k, s]) => `${k}: ${new Set(s).size} seeds, e.g. ${[...new Set(s)].slice(0,5)}`))
}, 600000)
