import { proveKills } from './kill-proof.ts'

const kills = Number(process.argv[2] ?? 30)
const seed = Number(process.env.SEED ?? 1)
if (!Number.isInteger(kills) || kills < 1) {
  console.error('Usage: npm run proof:kill -- [kills] (a whole number from 1; SEED=n for other moments)')
  process.exit(2)
}
const report = await proveKills(kills, seed, (line) => console.log(line))
for (const fault of report.faults) console.log(`FAULT ${fault}`)
console.log(
  `${report.findings} findings accepted, ${report.pages} pages, ${report.extraPages} extra pages after ${report.kills} kills (seed ${seed})`,
)
console.log(`${report.faults.length === 0 ? 1 : 0} passed, ${report.faults.length} failed`)
process.exit(report.faults.length === 0 ? 0 : 1)
