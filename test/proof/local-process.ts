import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { OutboxRow } from '../../infra/local/outbox.ts'
import { proofEvent } from './proof-organisation.ts'

const MAIN = fileURLToPath(new URL('../../infra/local/main.ts', import.meta.url))
const READY_MS = 30_000

/** The coordinator as a process of its own, as `npm start` runs it. */
export class LocalProcess {
  readonly url: string
  readonly readyMs: number
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, url: string, readyMs: number) {
    this.#child = child
    this.url = url
    this.readyMs = readyMs
  }

  /** Starts it over a data folder and waits until it says that it is ready. Rejects with what it said otherwise. */
  static async start(
    folder: string,
    options: { directory?: string; args?: readonly string[] } = {},
  ): Promise<LocalProcess> {
    const port = await freePort()
    const startedMs = performance.now()
    const env = {
      ...process.env,
      PORT: String(port),
      MUSTER_DATA: folder,
      ...(options.directory && { MUSTER_DIRECTORY: options.directory }),
    }
    const child = spawn(process.execPath, [MAIN, ...(options.args ?? ['--empty'])], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const url = await readyUrl(child)
    return new LocalProcess(child, url, performance.now() - startedMs)
  }

  /** It was told to end, or has ended. */
  get gone(): boolean {
    return this.#child.killed || this.#child.exitCode !== null
  }

  /** SIGKILL: no time to tidy up. Resolves when the process is gone. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null> {
    return this.#end('SIGTERM')
  }

  #end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#child.exitCode !== null) return Promise.resolve(this.#child.exitCode)
    return new Promise((resolve) => {
      this.#child.once('exit', resolve)
      this.#child.kill(signal)
    })
  }

  async get<Answer>(path: string): Promise<Answer> {
    const answer = await fetch(this.url + path)
    return (await answer.json()) as Answer
  }

  /** POST, and the answer's JSON. */
  async ask<Answer>(path: string, body: unknown): Promise<Answer> {
    return (await (await this.post(path, body)).json()) as Answer
  }

  /** Moves Muster's time; with nothing to move it says the time. */
  async advance(by = 'PT0S'): Promise<string> {
    return (await this.ask<{ now: string }>('/local/advance', { by })).now
  }

  /** What would have left on one incident. */
  async outbox(incidentId: string): Promise<OutboxRow[]> {
    return (await this.get<OutboxRow[]>('/local/outbox')).filter((row) => row.incidentId === incidentId)
  }

  /** Posts one event, as of Muster's now; its single result. */
  async open(name: string, user: string, account: string): Promise<{ outcome: string; incidentId: string }> {
    const event = proofEvent(name, user, account, await this.advance())
    const { results } = await this.ask<{ results: { outcome: string; incidentId: string }[] }>('/v1/events', event)
    if (results[0] === undefined) throw new Error('no result')
    return results[0]
  }

  post(path: string, body: unknown): Promise<Response> {
    return fetch(this.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => reject(new Error(`not ready in time: ${said}`)), READY_MS)
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      const url = /muster ready (\S+)/.exec(said)?.[1]
      if (url === undefined) return
      clearTimeout(timer)
      resolve(url)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`ended with ${code}: ${said}`))
    })
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
