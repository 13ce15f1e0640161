/**
 * The embedded database as a process of its own, started by `database.ts`: its work does not hold up the coordinator.
 * It lives exactly as long as its parent: the channel between them closes even when the parent is killed.
 */
import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import dynalite from 'dynalite'
import { mendStore } from './mend-store.ts'

export type AccessKeyVariable = 'MUSTER_DATABASE_ACCESS_KEY'
export type ChildMessage = { readonly port: number } | { readonly failed: string }

/** Tells the access key that the parent will use: other users can't read it, unlike arguments. */
const ACCESS_KEY_VARIABLE: AccessKeyVariable = 'MUSTER_DATABASE_ACCESS_KEY'

const UNLOCK_MS = 5000
const LOOK_AGAIN_MS = 50
const CLOSE_MS = 500

async function serve(path: string, accessKeyId: string): Promise<void> {
  const giveUpAt = performance.now() + UNLOCK_MS
  while (!(await mended(path, giveUpAt))) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  const server = dynalite({ path, createTableMs: 0 })
  answerOnly(server, accessKeyId)
  process.on('message', () => close(server))
  process.on('disconnect', () => close(server))
  server.listen(0, '127.0.0.1', () => tell({ port: (server.address() as AddressInfo).port }))
  server.on('error', (error) => fail(error))
}

/** False while the child of an earlier run, about to end, still has the files. */
async function mended(path: string, giveUpAt: number): Promise<boolean> {
  try {
    await mendStore(path)
    return true
  } catch (error) {
    const locked = error instanceof Error && (error.cause as { code?: string } | undefined)?.code === 'LEVEL_LOCKED'
    if (locked && performance.now() < giveUpAt) return false
    if (locked) throw new Error(`the database in ${path} is in use by another process`)
    throw error
  }
}

/**
 * dynalite lets everybody in who reaches its port: every web page (a browser always names the page's origin when it
 * sends a body elsewhere) and every user of this machine (who does not know the access key).
 */
function answerOnly(server: Server, accessKeyId: string): void {
  const [answer] = server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[]
  server.removeAllListeners('request')
  server.on('request', (request, response) => {
    if (request.headers.origin === undefined && isSignedBy(accessKeyId, request)) answer?.(request, response)
    else response.writeHead(403).end()
  })
}

/** The signature itself is not checked: the key's id is the secret here. */
function isSignedBy(accessKeyId: string, { headers }: IncomingMessage): boolean {
  const [, given = ''] = /Credential=([^/]*)\//.exec(headers.authorization ?? '') ?? []
  const [one, other] = [Buffer.from(given), Buffer.from(accessKeyId)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function close(server: Server): void {
  // The files stay whole without it: closing only saves their replay at the next start.
  setTimeout(() => process.exit(0), CLOSE_MS)
  server.close(() => process.exit(0))
  server.closeAllConnections()
}

function tell(message: ChildMessage): void {
  if (process.connected) process.send?.(message)
}

function fail(error: unknown): void {
  console.error(error)
  tell({ failed: error instanceof Error ? error.message : String(error) })
  setImmediate(() => process.exit(1))
}

/** dynalite throws when a caller hangs up in the middle of a request; that is no reason to end. */
function isHangUp(error: Error & { code?: string }): boolean {
  return error.code === 'ECONNRESET' || error.code === 'EPIPE'
}

// The terminal sends these to the whole group; when to end is the parent's to say.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
process.on('uncaughtException', (error) => (isHangUp(error) ? undefined : fail(error)))
process.on('disconnect', () => setTimeout(() => process.exit(0), CLOSE_MS))
const [path] = process.argv.slice(2)
const accessKeyId = process.env[ACCESS_KEY_VARIABLE]
if (path === undefined || !accessKeyId) fail(new Error(`usage: ${ACCESS_KEY_VARIABLE}=... dynalite-child.ts FOLDER`))
else serve(path, accessKeyId).catch(fail)
