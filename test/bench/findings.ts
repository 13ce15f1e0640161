import { writeFileSync } from 'node:fs'
import { alertmanagerVersion } from './findings/alertmanager.ts'
import { alertmanagerStorms } from './findings/alertmanager-storms.ts'
import { costCases } from './findings/cost-floor.ts'
import { inChild } from './findings/in-child.ts'
import { reportOf } from './findings/report.ts'
import { requestCases } from './findings/request-cases.ts'
import type { Results, Round, Sizes } from './findings/results.ts'
import { STORM_KINDS } from './findings/storms.ts'
import { breaches } from './findings/verdict.ts'

const FULL: Sizes = {
  rounds: 5,
  storm: 10_000,
  dynaliteStorm: 5000,
  meteredStorm: 500,
  open: [1000, 100_000],
  probes: 500,
  probesStorm: 40_000,
}
/** For a pipeline: fewer rounds and probes; the limits are the same. */
const CHECKED: Sizes = { ...FULL, rounds: 3, dynaliteStorm: 5000, meteredStorm: 200, probes: 200 }
/** Only whether everything runs: the figures say nothing. */
const QUICK: Sizes = {
  rounds: 1,
  storm: 500,
  dynaliteStorm: 100,
  meteredStorm: 50,
  open: [100, 500],
  probes: 5,
  probesStorm: 100,
}

const options = read(process.argv.slice(2))
if (options === null) {
  console.error('Usage: npm run bench:findings -- [--quick] [--check] [--json FILE]')
  process.exit(2)
}
const results = await measureAll(options.quick ? QUICK : options.check ? CHECKED : FULL)
console.log(reportOf(results))
if (options.json !== null) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`)
if (options.check) {
  const lines = breaches(results)
  for (const line of lines) console.error(line)
  process.exit(lines.length === 0 ? 0 : 1)
}

function read(words: readonly string[]): { quick: boolean; check: boolean; json: string | null } | null {
  const at = words.indexOf('--json')
  const json = at < 0 ? null : (words[at + 1] ?? '')
  const left = at < 0 ? words : words.toSpliced(at, 2)
  const isKnown = json !== '' && left.every((word) => word === '--quick' || word === '--check')
  return isKnown ? { quick: left.includes('--quick'), check: left.includes('--check'), json } : null
}

async function measureAll(sizes: Sizes): Promise<Results> {
  const version = alertmanagerVersion()
  const rounds: Round[] = []
  for (let number = 0; number < sizes.rounds; number += 1) {
    console.error(`round ${number + 1} of ${sizes.rounds}`)
    rounds.push(await oneRound(sizes, version !== null))
  }
  console.error('what storms ask of the database, growth, probes, requests, cost')
  const [few, many] = sizes.open
  return {
    alertmanagerVersion: version,
    sizes,
    rounds,
    metered: {
      memory: await inChild({ task: 'metered', store: 'memory', size: sizes.meteredStorm }),
      dynalite: await inChild({ task: 'metered', store: 'dynalite', size: Math.min(sizes.meteredStorm, 100) }),
    },
    growth: [await inChild({ task: 'growth', open: few }), await inChild({ task: 'growth', open: many })],
    probes: await inChild({ task: 'probes', probes: sizes.probes, storm: sizes.probesStorm }),
    requestCases: await requestCases(),
    costs: await costCases(),
  }
}

async function oneRound({ storm, dynaliteStorm }: Sizes, hasAlertmanager: boolean): Promise<Round> {
  const alertmanager = hasAlertmanager
    ? { whole: await alertmanagerStorms(storm, 'whole'), lean: await alertmanagerStorms(storm, 'lean') }
    : null
  const memory = await inChild({ task: 'storms', store: 'memory', size: storm, kinds: STORM_KINDS })
  const dynalite = await inChild({
    task: 'storms',
    store: 'dynalite',
    size: dynaliteStorm,
    kinds: ['distinct', 'duplicates'],
  })
  return { alertmanager, muster: { memory, dynalite } }
}
