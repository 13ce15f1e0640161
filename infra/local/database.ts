import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDynamoClient } from '../../shared/adapters/dynamodb/client.ts'
import { dynamoTable } from '../../shared/adapters/dynamodb/table.ts'
import type { Table } from '../../shared/ports/table.ts'
import { createTables } from './create-tables.ts'
import type { AccessKeyVariable, ChildMessage } from './dynalite-child.ts'

const CHILD = fileURLToPath(new URL('./dynalite-child.ts', import.meta.url))
const START_MS = 15_000
const STOP_MS = 3000
const STDERR_CHARACTERS = 4000
const ACCESS_KEY_VARIABLE: AccessKeyVariable = 'MUSTER_DATABASE_ACCESS_KEY'

/** dynalite asks for some credentials, and takes any; `startDatabase` makes an access key that only its process takes. */
export const LOCAL_CONNECTION = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
} as const
export const LOCAL_TABLES = { incidents: 'muster-incidents', findings: 'muster-findings' } as const

export interface LocalDatabase {
  /** Where it listens, on loopback. */
  readonly endpoint: string
  /** Its process. */
  readonly pid: number
  readonly table: Table
  /** Ends it after what it is doing; the files can be opened again right away. */
  stop(): Promise<void>
}

/**
 * Starts the embedded database over the files in `<folder>/database`, with its tables. It ends with this process, and
 * answers nobody else: any user of the machine could reach its port.
 * `onExit` is told, with the reason, when it ends without having been asked to. Rejects when it cannot be started, for
 * example because another process has the files open.
 */
export async function startDatabase(options: {
  readonly folder: string
  readonly onExit?: (reason: string) => void
}): Promise<LocalDatabase> {
  const path = join(options.folder, 'database')
  await mkdir(path, { recursive: true, mode: 0o700 })
  const accessKeyId = randomBytes(16).toString('hex')
  const child = new DatabaseProcess(path, accessKeyId)
  const endpoint = `http://127.0.0.1:${await child.port()}`
  const credentials = { ...LOCAL_CONNECTION.credentials, accessKeyId }
  const client = createDynamoClient({ ...LOCAL_CONNECTION, credentials, signer: signerOf(accessKeyId), endpoint })
  try {
    await createTables(client, Object.values(LOCAL_TABLES))
  } catch (error) {
    await child.stop()
    throw error
  }
  child.onUnexpectedExit((reason) => options.onExit?.(reason))
  const stop = async (): Promise<void> => {
    client.destroy()
    await child.stop()
  }
  return { endpoint, pid: child.pid, table: dynamoTable({ client, names: LOCAL_TABLES }), stop }
}

/** The database looks at the access key only: a real signature would be a tenth of the time of each request. */
function signerOf(accessKeyId: string) {
  const scope = `${accessKeyId}/20270101/${LOCAL_CONNECTION.region}/dynamodb/aws4_request`
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`
  const headers = { authorization, 'x-amz-date': '20270101T000000Z' }
  return {
    sign: async <Request>(request: Request): Promise<Request> => {
      Object.assign((request as { headers: Record<string, string> }).headers, headers)
      return request
    },
  }
}

class DatabaseProcess {
  readonly #child: ChildProcess
  readonly #ended: Promise<string>
  #stderr = ''
  #stopping = false

  constructor(path: string, accessKeyId: string) {
    // The parent's own flags (a debugger's port, a test runner's loader) are not for the child.
    const env = { ...process.env, [ACCESS_KEY_VARIABLE]: accessKeyId }
    this.#child = fork(CHILD, [path], { env, execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_CHARACTERS)
    })
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', (error) => resolve(error.message))
      this.#child.once('close', (code, signal) =>
        resolve(`the database ended (${signal ?? `exit ${code}`}) ${this.#stderr}`),
      )
    })
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** The port that it listens on, once it does. */
  async port(): Promise<number> {
    const told = new Promise<ChildMessage>((resolve) =>
      this.#child.once('message', resolve as (message: unknown) => void),
    )
    const failed = this.#ended.then((reason): ChildMessage => ({ failed: reason }))
    const message = await Promise.race([told, failed, silence()])
    if ('port' in message) return message.port
    this.#child.kill('SIGKILL')
    throw new Error(`the local database did not start: ${message.failed}`)
  }

  onUnexpectedExit(tell: (reason: string) => void): void {
    void this.#ended.then((reason) => {
      if (!this.#stopping) tell(reason.trim())
    })
  }

  async stop(): Promise<void> {
    this.#stopping = true
    if (this.#child.connected) this.#child.send('stop', () => {})
    const deadline = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS)
    await this.#ended
    clearTimeout(deadline)
  }
}

function silence(): Promise<ChildMessage> {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ failed: `no answer within ${START_MS} ms` }), START_MS).unref()
  })
}
