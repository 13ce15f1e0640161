import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createApi } from '../../functions/serve-api/api.ts'
import { linkSigner } from '../../shared/adapters/node-crypto/link-signer.ts'
import { noteCipher } from '../../shared/adapters/node-crypto/note-cipher.ts'
import { machineRandom } from '../../shared/adapters/node-runtime/machine-random.ts'
import { machineTime } from '../../shared/adapters/node-runtime/machine-time.ts'
import type { DoorDependencies, SenderDependencies } from '../../shared/app/dependencies.ts'
import { directoryReader } from '../../shared/app/directory-versions.ts'
import { newIntakeMemory } from '../../shared/app/intake-memory.ts'
import { type KeepRefused, receiveEvents } from '../../shared/app/receive-events.ts'
import { PERSON } from '../../shared/app/run-command.ts'
import { ENGLISH } from '../../shared/content/messages/english.ts'
import { OBLIGATIONS } from '../../shared/content/obligations/catalogue.ts'
import type { Table } from '../../shared/ports/table.ts'
import { Advance, readOffsetMs } from './advance.ts'
import { atMost } from './at-most.ts'
import { startDatabase } from './database.ts'
import { feedingTable } from './feeding-table.ts'
import { HourlySweep } from './hourly-sweep.ts'
import { LocalQueues } from './local-queues.ts'
import { LocalTime } from './local-time.ts'
import { Outbox } from './outbox.ts'
import { restoreQueues } from './restore.ts'
import { Runtime } from './runtime.ts'
import { loadOrCreateKey } from './secret-keys.ts'

const LEASE_MS = 30_000
/** A storm must not keep the wakes waiting for the table. */
const INTAKE_AT_ONCE = 5

export interface LocalStack {
  readonly deps: DoorDependencies & SenderDependencies
  readonly api: ReturnType<typeof createApi>
  readonly runtime: Runtime
  readonly advance: Advance
  readonly outbox: Outbox
  readonly intake: (events: readonly unknown[]) => Promise<readonly unknown[]>
  /** Whether this data has been used before. */
  readonly isFirstStart: boolean
  stop(): Promise<void>
}

export interface StackOptions {
  readonly folder: string
  readonly url: string
  readonly log: (line: string) => void
  readonly onDatabaseExit: (reason: string) => void
}

/** Everything that runs on AWS, in one process over an embedded database. The caller holds the folder's lock. */
export async function startStack({ folder, url, log, onDatabaseExit }: StackOptions): Promise<LocalStack> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const database = await startDatabase({ folder, onExit: onDatabaseExit })
  const outbox = Outbox.open(join(folder, 'outbox.ndjson'))
  let nudge = () => {}
  const queues = new LocalQueues(() => nudge())
  const table = feedingTable(database.table, queues)
  const time = new LocalTime(machineTime, await readOffsetMs(table))
  const deps = await dependencies({ folder, url, log, table, time, queues, outbox })
  const isFirstStart = (await deps.directory.current()).id === 'none'
  await restoreQueues(table, queues)
  const runtime = new Runtime(deps, queues, log)
  nudge = () => runtime.nudge()
  runtime.nudge()
  const sweep = new HourlySweep(deps, log)
  sweep.start()
  const intake = intakeOf(deps)
  const stop = async () => {
    await runtime.stop()
    await sweep.stop()
    outbox.close()
    await database.stop()
  }
  const advance = new Advance({ table, time, real: machineTime, queues, runtime })
  return {
    deps,
    api: createApi({ ...deps, intake, messages: () => outbox.rows() }),
    runtime,
    advance,
    outbox,
    intake,
    isFirstStart,
    stop,
  }
}

/** Somebody waits for the answer, and so few run at once that short waits are enough. */
function intakeOf(
  deps: LocalStack['deps'],
): (events: readonly unknown[], keep?: KeepRefused) => ReturnType<typeof receiveEvents> {
  const slot = atMost(INTAKE_AT_ONCE)
  const memory = newIntakeMemory()
  const door = () => ({ now: deps.time.now(), patience: PERSON, tellsSeverity: true })
  return (events, keep) => slot(() => receiveEvents({ ...deps, memory }, events, door(), keep))
}

interface Parts {
  readonly folder: string
  readonly url: string
  readonly log: (line: string) => void
  readonly table: Table
  readonly time: LocalTime
  readonly queues: LocalQueues
  readonly outbox: Outbox
}

async function dependencies({ folder, url, log, table, time, queues, outbox }: Parts): Promise<LocalStack['deps']> {
  const signer = linkSigner(await loadOrCreateKey(folder, 'link-key'))
  return {
    table,
    time,
    real: machineTime,
    random: machineRandom,
    queues,
    directory: directoryReader(table),
    alarms: { raise: (name, detail) => log(`alarm ${name} ${JSON.stringify(detail)}`) },
    obligations: OBLIGATIONS,
    provider: outbox,
    signer,
    verifier: signer,
    forms: signer,
    cipher: noteCipher(await loadOrCreateKey(folder, 'note-key')),
    texts: ENGLISH,
    publicUrl: url,
    sendsAtOnce: 1,
    leaseMs: LEASE_MS,
  }
}
