import { createHash } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type Emulator, startEmulator } from './emulator-process.ts'
import { preparedFolder, TOOLS } from './prepared-folder.ts'
import { runProgram } from './run-program.ts'

/** The only place in a package registry that has the jar. */
const PACKAGE = { name: 'amplify-dynamodb-simulator', version: '2.9.30' } as const
const INTEGRITY = 'sha512-xTeeRLvzEfqyd5lh3bH4c0kHvSHHmmhD5ZDsHFKAQ5g2Zl6JqlFdutaQhCLHzxEp6Ry1o7TB6niIoXuQAnSewQ=='
const READY_MS = 30_000
const PROBE_MS = 1000

const HINTS = {
  npm: 'DynamoDB Local comes by npm (apt-get install npm), from a registry that must be within reach.',
  tar: 'Unpacking DynamoDB Local needs tar: apt-get install tar',
  java: 'DynamoDB Local needs Java 8 or later: apt-get install default-jre-headless',
} as const

/**
 * DynamoDB Local, in memory, one database for all regions and keys. It listens on every address of the machine and can't
 * be told otherwise: nothing real belongs in it.
 */
export async function startDynamodbLocal(): Promise<Emulator> {
  const folder = await dynamodbLocalFolder()
  await runProgram({ command: 'java', args: ['-version'], hint: HINTS.java })
  const port = await freePort()
  const options = ['-inMemory', '-sharedDb', '-disableTelemetry', '-port', String(port)]
  // Whoever tests it wants it soon more than fast.
  const java = ['-XX:TieredStopAtLevel=1', '-Djava.library.path=./DynamoDBLocal_lib', '-jar', 'DynamoDBLocal.jar']
  return startEmulator({
    name: 'DynamoDB Local',
    command: 'java',
    args: [...java, ...options],
    cwd: join(folder, 'package', 'emulator'),
    readyWithinMs: READY_MS,
    ready: (said) => answering(`http://127.0.0.1:${port}`, said),
  })
}

/** The folder with the jar, fetched once. */
export function dynamodbLocalFolder(parent = TOOLS): Promise<string> {
  return preparedFolder(parent, 'dynamodb-local', PACKAGE.version, fetchJar)
}

async function fetchJar(folder: string): Promise<void> {
  await mkdir(folder)
  const archive = join(folder, `${PACKAGE.name}-${PACKAGE.version}.tgz`)
  const spec = `${PACKAGE.name}@${PACKAGE.version}`
  await runProgram({ command: 'npm', args: ['pack', '--silent', spec], cwd: folder, hint: HINTS.npm })
  const found = `sha512-${createHash('sha512')
    .update(await readFile(archive))
    .digest('base64')}`
  if (found !== INTEGRITY) throw new Error(`${spec} is not what it was: ${found}`)
  await runProgram({ command: 'tar', args: ['-xzf', archive, 'package/emulator'], cwd: folder, hint: HINTS.tar })
  await rm(archive)
}

/** It goes on running, without answering, when its port is taken. */
async function answering(url: string, said: string): Promise<string | null> {
  if (said.includes('Exception')) throw new Error(`DynamoDB Local did not start: ${said}`)
  try {
    await fetch(url, { signal: AbortSignal.timeout(PROBE_MS) })
    return url
  } catch {
    return null
  }
}

/** Free on every address, as DynamoDB Local needs it; it takes no 0. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
