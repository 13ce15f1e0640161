import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { cpuMsOf, mostMemoryMbOf } from './process-cpu.ts'
import { WebhookReceiver } from './webhook-receiver.ts'

const NAMES = ['prometheus-alertmanager', 'alertmanager']
const START_MS = 15_000
const LOOK_AGAIN_MS = 20
const CONNECTIONS = 8
/** Groups as Muster has them: account, who acted, family. No wait before a group's first notification. */
const CONFIGURATION = (webhook: string) => `route:
  receiver: bench
  group_by: [account, principal, family]
  group_wait: 0s
  group_interval: 5m
  repeat_interval: 4h
receivers:
  - name: bench
    webhook_configs:
      - {url: "${webhook}", send_resolved: false}
`

/** Null where it is not installed. */
export function alertmanagerVersion(): string | null {
  const name = commandName()
  if (name === null) return null
  return /version ([\d.]+)/.exec(execFileSync(name, ['--version'], { encoding: 'utf8' }))?.[1] ?? 'unknown'
}

function commandName(): string | null {
  const isThere = (name: string) => {
    try {
      execFileSync(name, ['--version'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  }
  return NAMES.find(isThere) ?? null
}

/** A process of Alertmanager on free ports, alone, with a receiver for what it sends. */
export class Alertmanager {
  readonly receiver: WebhookReceiver
  readonly #folder: string
  readonly #port: number
  readonly #child: ChildProcess
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })

  private constructor(folder: string, port: number, receiver: WebhookReceiver) {
    this.receiver = receiver
    this.#folder = folder
    this.#port = port
    const args = [
      `--config.file=${join(folder, 'alertmanager.yml')}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
      '--log.level=error',
    ]
    this.#child = spawn(commandName() ?? '', args, { stdio: 'ignore' })
  }

  static async start(): Promise<Alertmanager> {
    const folder = mkdtempSync(join(tmpdir(), 'bench-alertmanager-'))
    const receiver = await WebhookReceiver.start()
    writeFileSync(join(folder, 'alertmanager.yml'), CONFIGURATION(receiver.url))
    const one = new Alertmanager(folder, await freePort(), receiver)
    await one.#ready()
    return one
  }

  cpuMs(): number {
    return cpuMsOf(this.#child.pid ?? 0)
  }

  mostMemoryMb(): number {
    return mostMemoryMbOf(this.#child.pid ?? 0)
  }

  /** Posts lists of alerts, eight at a time; resolves when all were answered. */
  async post(bodies: readonly Buffer[]): Promise<void> {
    const left = bodies[Symbol.iterator]()
    const connection = async () => {
      for (const body of left) await this.#ask('POST', '/api/v2/alerts', body)
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, connection))
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve))
    this.#child.kill('SIGKILL')
    await ended
    this.#agent.destroy()
    await this.receiver.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #ready(): Promise<void> {
    const until = performance.now() + START_MS
    while (
      !(await this.#ask('GET', '/-/ready').then(
        () => true,
        () => false,
      ))
    ) {
      if (performance.now() > until) throw new Error('Alertmanager did not start')
      await wait(LOOK_AGAIN_MS)
    }
  }

  #ask(method: string, path: string, body?: Buffer): Promise<void> {
    const headers = body && { 'content-type': 'application/json', 'content-length': body.length }
    const options = {
      host: '127.0.0.1',
      port: this.#port,
      method,
      path,
      agent: this.#agent,
      ...(headers && { headers }),
    }
    return new Promise((resolve, reject) => {
      const asked = request(options, (response) => {
        response.resume()
        const isFine = response.statusCode === 200
        response.on('end', () =>
          isFine ? resolve() : reject(new Error(`Alertmanager answered ${response.statusCode}`)),
        )
      })
      asked.on('error', reject)
      asked.end(body)
    })
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
