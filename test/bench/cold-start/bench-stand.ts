import { type ChildProcess, fork } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import dynalite from 'dynalite'
import { build } from 'esbuild'
import { type Document, parseDocument } from 'yaml'
import { BUNDLE_OPTIONS } from '../../../infra/bundle-options.ts'
import { createTables } from '../../../infra/local/create-tables.ts'
import { LOCAL_CONNECTION, LOCAL_TABLES } from '../../../infra/local/database.ts'
import { createDynamoClient } from '../../../shared/adapters/dynamodb/client.ts'
import { dynamoTable } from '../../../shared/adapters/dynamodb/table.ts'
import type { Table } from '../../../shared/ports/table.ts'
import { AnsweringAws } from './answering-aws.ts'
import { deployedEnvironment, LAMBDA_VARIABLES, STACK_VARIABLES, type Variables } from './deployed-environment.ts'
import type { ColdStart } from './measured-process.ts'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const PACKAGES = fileURLToPath(new URL('../../../node_modules', import.meta.url))
const SERVERLESS = fileURLToPath(new URL('../../../serverless.yml', import.meta.url))
const INSTALLED = 'installed'
const STDERR_CHARACTERS = 4000

/** What a function runs against: the embedded database in memory, and stubs for the other services. */
export class BenchStand {
  readonly table: Table
  readonly stubs: AnsweringAws
  readonly #folder: string
  readonly #serverless: Document
  readonly #endpoints: Variables
  readonly #closeDatabase: () => void

  private constructor(
    folder: string,
    serverless: Document,
    database: LocalDatabase,
    stubs: AnsweringAws,
    others: string,
  ) {
    this.table = database.table
    this.stubs = stubs
    this.#folder = folder
    this.#serverless = serverless
    this.#endpoints = { AWS_ENDPOINT_URL: others, AWS_ENDPOINT_URL_DYNAMODB: database.endpoint }
    this.#closeDatabase = database.close
  }

  static async start(): Promise<BenchStand> {
    const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'))
    await bundleBench(folder)
    await buildOverInstalled(folder)
    const stubs = new AnsweringAws()
    const others = await stubs.start()
    const serverless = parseDocument(await readFile(SERVERLESS, 'utf8'), { logLevel: 'silent' })
    return new BenchStand(folder, serverless, await startInMemory(), stubs, others)
  }

  async stop(): Promise<void> {
    this.#closeDatabase()
    await this.stubs.stop()
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** The database's client alone: in one bundle with its reader, and as npm installs it. */
  get yardsticks(): { readonly bundled: string; readonly installed: string } {
    const name = 'baseline-handler.mjs'
    return { bundled: join(this.#folder, name), installed: join(this.#folder, INSTALLED, name) }
  }

  /** One event in one fresh process, in the environment that serverless.yml gives the function. */
  async coldStart(handlerFile: string, functionName: string, event: object): Promise<ColdStart> {
    const eventFile = join(this.#folder, 'event.json')
    await writeFile(eventFile, JSON.stringify(event))
    const given = deployedEnvironment(this.#serverless, functionName, STACK_VARIABLES)
    const started = fork(join(this.#folder, 'measured-process.mjs'), [handlerFile, eventFile], {
      env: { PATH: process.env.PATH ?? '', ...LAMBDA_VARIABLES, ...this.#endpoints, ...given },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    return toldBy(started)
  }
}

/**
 * Bundled beforehand: type stripping is no part of what is measured. With the options of the build, without its plugin:
 * a yardstick must not grow shorter by what is saved.
 */
async function bundleBench(folder: string): Promise<void> {
  const entryPoints = ['baseline-handler.ts', 'measured-process.ts'].map((name) => join(HERE, name))
  await build({ ...BUNDLE_OPTIONS, entryPoints, outdir: folder })
}

/** The same reader over the packages themselves, which it finds through a link. */
async function buildOverInstalled(folder: string): Promise<void> {
  const outdir = join(folder, INSTALLED)
  const entryPoints = [join(HERE, 'baseline-handler.ts')]
  await build({ ...BUNDLE_OPTIONS, entryPoints, outdir, packages: 'external' })
  // Windows makes a junction without the rights that a link needs; elsewhere the word has no meaning.
  await symlink(PACKAGES, join(outdir, 'node_modules'), 'junction')
}

interface LocalDatabase {
  readonly table: Table
  readonly endpoint: string
  readonly close: () => void
}

async function startInMemory(): Promise<LocalDatabase> {
  const server = dynalite({ createTableMs: 0 })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = createDynamoClient({ ...LOCAL_CONNECTION, endpoint })
  await createTables(client, Object.values(LOCAL_TABLES))
  const close = () => {
    client.destroy()
    server.closeAllConnections()
    server.close()
  }
  return { table: dynamoTable({ client, names: LOCAL_TABLES }), endpoint, close }
}

function toldBy(started: ChildProcess): Promise<ColdStart> {
  let stderr = ''
  started.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_CHARACTERS)
  })
  return new Promise((resolve, reject) => {
    let told: ColdStart | null = null
    started.once('message', (message) => {
      told = message as ColdStart
    })
    started.once('close', (code) => {
      if (told === null) reject(new Error(`the measured process ended (exit ${code}) ${stderr}`))
      else resolve(told)
    })
  })
}
