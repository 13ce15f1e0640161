import { judge } from './judge/judge.ts'
import { simulate } from './world/simulate.ts'
const t = performance.now()
const n = 60
let ev=0
for (let seed = 200; seed < 200 + n; seed++) { const p = await simulate(seed); await judge(p); ev += p.town.world.order }
const c=process.cpuUsage(); console.log('cpu', (c.user+c.system)/1000/n); console.log((performance.now() - t) / n, 'ms a seed', ev/n)
