import { runCommandLine } from '../../../../functions/command-line/run-command-line.ts'
import type { ExitCode } from '../../../../functions/command-line/terminal.ts'
import type { Instant } from '../../../../shared/core/time/instant.ts'
import type { DeployedAccount } from '../../../../shared/ports/deployed-account.ts'

/** What stands outside: files by name, and what Muster answers to `GET /v1/…`; a fault stands for no answer. */
export interface Outside {
  readonly files?: Readonly<Record<string, string>>
  readonly answers?: Readonly<Record<string, Reply | Error>>
  /** AWS, by the region that was asked for; none, if not given. */
  readonly account?: (region: string | undefined) => DeployedAccount | null
  /** Whether MUSTER_URL is set; it is, if not said otherwise. */
  readonly isUrlGiven?: boolean
  readonly now?: Instant
  /** Told what the terminal shows while it works. */
  readonly progress?: (what: string | null) => void
}

export interface Reply {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface Ran {
  readonly exit: ExitCode
  readonly out: readonly string[]
  readonly err: readonly string[]
  readonly asked: readonly { readonly what: string; readonly body: unknown; readonly headers: Headers }[]
}

/** Runs `muster <words>` with everything from outside made up. */
export async function run(words: readonly string[], outside: Outside = {}): Promise<Ran> {
  const { files = {}, answers = {}, account = () => null, progress = () => {} } = outside
  const { isUrlGiven = true, now = '2027-03-10T10:00:00.000Z' } = outside
  const [out, err, asked]: [string[], string[], Ran['asked'][number][]] = [[], [], []]
  const exit = await runCommandLine(words, {
    print: (text) => out.push(...text.split('\n')),
    complain: (text) => err.push(...text.split('\n')),
    read: async (path) => {
      const text = files[path]
      if (text === undefined) throw new Error('no such file')
      return text
    },
    fetch: async (url, init) => {
      const what = `${init.method} ${url.replace('http://muster.test', '')}`
      asked.push({ what, body: init.body, headers: new Headers(init.headers) })
      return responseOf(answers[what] ?? new Error(`not expected: ${what}`))
    },
    url: 'http://muster.test',
    isUrlGiven,
    now: () => now,
    account: async (region) => account(region),
    progress,
  })
  return { exit, out, err, asked }
}

function responseOf(reply: Reply | Error): Response {
  if (reply instanceof Error) throw reply
  const { status, body, headers = {} } = reply
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers })
}
