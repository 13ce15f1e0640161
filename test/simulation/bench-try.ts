import { simulate } from './world/simulate.ts'
const n = 150
const ev=new Map<string,number>(), cmds=new Map<string,number>(), res=new Map<string,number>(), alarms=new Map<string,number>()
const inc=(m:Map<string,number>,k:string)=>m.set(k,(m.get(k)??0)+1)
let pages=0, repeats=0
for (let seed = 1; seed <= n; seed++) { const p = await simulate(seed);
  for (const c of p.evidence.commits.values()) for (const s of c) for (const e of s.commit.events) inc(ev, e.type + ('reason' in e.data && e.type!=='PageRequested' ? ' '+e.data.reason : ''))
  for (const x of p.evidence.people) inc(cmds, x.command.type+' '+x.status)
  for (const f of p.evidence.findings) inc(res, String(f.result?.outcome)+ ' '+ f.viaQueue)
  for (const a of p.evidence.alarms) inc(alarms, a.name)
  const ids=new Set<string>(); for (const a of p.evidence.accepted){ pages++; if(ids.has(a.message.effectId)) repeats++; ids.add(a.message.effectId)}
}
console.log([...ev].sort().map(x=>x.join(' ')).join('\n')); console.log([...cmds].sort().map(x=>x.join(' ')).join('\n')); console.log([...res], [...alarms], {pages, repeats})
