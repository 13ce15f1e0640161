/** Starts one piece of the local stack in a process of its own, so that tests can kill it: `starter.ts WHAT FOLDER`. */
import { startDatabase } from '../../infra/local/database.ts'
import { takeLock } from '../../infra/local/process-lock.ts'
import { loadOrCreateKey } from '../../infra/local/secret-keys.ts'

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`)
}

async function lock(folder: string): Promise<void> {
  const answer = await takeLock(folder)
  say({ ok: answer.ok, holder: answer.ok ? null : answer.holder })
  if (answer.ok) setInterval(() => {}, 1000)
}

/** Writes items, each with a row in an index that moves once, and says after each that it is stored. */
async function database(folder: string): Promise<void> {
  const { endpoint, pid, table } = await startDatabase({ folder })
  say({ endpoint, pid })
  for (let n = 0; ; n += 1) {
    const key = { pk: `item#${n}`, sk: 'x' }
    await table.put('incidents', { ...key, duePk: 'shard', dueAt: 'early' }, [{ kind: 'absent' }])
    await table.update('incidents', key, { set: { dueAt: 'late' } })
    say({ stored: n })
  }
}

async function keys(folder: string): Promise<void> {
  say({ started: true })
  for (let n = 0; ; n += 1) await loadOrCreateKey(folder, `key-${n}`)
}

const [what, folder = ''] = process.argv.slice(2)
const starters: Record<string, (folder: string) => Promise<void>> = { lock, database, keys }
await starters[what ?? '']?.(folder)
