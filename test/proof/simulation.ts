import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const VITEST = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
const [seeds = '2000', first = '1'] = process.argv.slice(2)
if (![seeds, first].every((word) => /^[1-9]\d*$/.test(word))) {
  console.error('Usage: npm run proof:simulation -- [seeds] [first seed] (whole numbers from 1)')
  process.exit(2)
}
const env = { ...process.env, SIMULATION_SEEDS: seeds, SIMULATION_FIRST_SEED: first }
const { status } = spawnSync(process.execPath, [VITEST, 'run', 'test/simulation'], { env, stdio: 'inherit' })
process.exit(status ?? 1)
