import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Order, Report } from './lambda-process.ts'

const PROCESS = fileURLToPath(new URL('./lambda-process.ts', import.meta.url))

export interface LambdaOptions {
  readonly name: string
  /** Path of the packaged handler. */
  readonly bundle: string
  readonly environment: Readonly<Record<string, string>>
}

/** What came of an invocation: `killed` when its process ended on the way. */
export type Invoked =
  | { readonly status: 'answered'; readonly answer: unknown }
  | { readonly status: 'failed'; readonly why: string }
  | { readonly status: 'killed' }

/** A packaged function, run in a process of its own that is kept warm until it is killed. */
export class LambdaFunction {
  readonly #options: LambdaOptions
  #child: ChildProcess | null = null
  #aheadMs = 0
  #invocations = 0
  /** What it has written, for when something is wrong. */
  output = ''

  constructor(options: LambdaOptions) {
    this.#options = options
  }

  get name(): string {
    return this.#options.name
  }

  /** From now on its time is ahead of the machine's by so much. */
  advanceTo(aheadMs: number): void {
    this.#aheadMs = aheadMs
    this.#send({ kind: 'time', aheadMs })
  }

  async invoke(event: unknown): Promise<Invoked> {
    const child = await this.#warm()
    this.#invocations += 1
    const id = `${this.name}-${this.#invocations}`
    const { promise, resolve } = Promise.withResolvers<Invoked>()
    const onExit = () => resolve({ status: 'killed' })
    const onMessage = (said: Report) => {
      if (said.kind === 'answer' && said.id === id) resolve({ status: 'answered', answer: said.answer })
      if (said.kind === 'fault' && said.id === id) resolve({ status: 'failed', why: said.why })
    }
    child.once('exit', onExit)
    child.on('message', onMessage)
    this.#send({ kind: 'invoke', id, event })
    const invoked = await promise
    child.off('exit', onExit)
    child.off('message', onMessage)
    return invoked
  }

  /** As the machine under it would: without a word. */
  kill(): void {
    this.#child?.kill('SIGKILL')
    this.#child = null
  }

  async #warm(): Promise<ChildProcess> {
    if (this.#child !== null) return this.#child
    const { bundle, environment } = this.#options
    const child = fork(PROCESS, [bundle], { env: { ...environment, PATH: process.env.PATH }, silent: true })
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output = `${this.output}${chunk}`.slice(-20_000)
      })
    }
    const [said] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [Report | number]
    if (typeof said !== 'object' || said === null) throw new Error(`${this.name} did not start: ${this.output}`)
    this.#child = child
    child.once('exit', () => {
      if (this.#child === child) this.#child = null
    })
    this.advanceTo(this.#aheadMs)
    return child
  }

  #send(order: Order): void {
    this.#child?.send(order)
  }
}
