import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const READY_WITHIN_MS = 60_000
const STOPPED_WITHIN_MS = 15_000

/** `npm start` on a free port with fresh data, until it is stopped. */
export class StartedMuster {
  readonly url: string
  readonly #child: ChildProcess
  readonly #folder: string
  /** The end of all of them: npm itself may go before the process that it has started. */
  readonly #closed: Promise<unknown>

  private constructor(url: string, child: ChildProcess, folder: string) {
    this.url = url
    this.#child = child
    this.#folder = folder
    this.#closed = once(child, 'close')
  }

  /** Resolves when it is ready. Rejects with what it said when it does not get there. */
  static async start(...words: string[]): Promise<StartedMuster> {
    const port = await freePort()
    const folder = mkdtempSync(join(tmpdir(), 'muster-browser-'))
    // In a group of its own: npm starts Node as a child, which has the database as a child.
    const child = spawn('npm', ['start', '--silent', '--', ...words], {
      cwd: ROOT,
      env: { ...process.env, PORT: String(port), MUSTER_DATA: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    const started = new StartedMuster(`http://127.0.0.1:${port}`, child, folder)
    try {
      await ready(child)
    } catch (fault) {
      await started.stop()
      throw fault
    }
    return started
  }

  async stop(): Promise<void> {
    this.#signal('SIGTERM')
    const timer = setTimeout(() => this.#signal('SIGKILL'), STOPPED_WITHIN_MS)
    await this.#closed
    clearTimeout(timer)
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }

  #signal(name: 'SIGTERM' | 'SIGKILL'): void {
    const { pid } = this.#child
    try {
      if (pid !== undefined) process.kill(-pid, name)
    } catch {
      // The group is gone: that is what is wanted.
    }
  }
}

function ready({ stdout, stderr }: ChildProcess): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready in time: ${said.slice(-2000)}`)), READY_WITHIN_MS)
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      if (!said.includes('muster ready')) return
      clearTimeout(timer)
      resolve()
    }
    stdout?.on('data', hear)
    stderr?.on('data', hear)
    stdout?.on('end', () => {
      clearTimeout(timer)
      reject(new Error(`ended before it was ready: ${said.slice(-2000)}`))
    })
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
