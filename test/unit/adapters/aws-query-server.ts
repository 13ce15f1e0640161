import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What goes back: the inside of an operation's result, or the code and text of an error. */
export type QueryAnswer =
  | { readonly result: string }
  | { readonly code: string; readonly message: string; readonly status?: number }

/** A service of AWS that takes forms and answers XML, on a free port of loopback. */
export class AwsQueryServer {
  readonly calls: Record<string, string>[] = []
  readonly #server: Server
  #answer: (call: Record<string, string>) => QueryAnswer = () => ({ code: 'NotToldWhatToSay', message: 'x' })

  private constructor() {
    this.#server = createServer((request, response) => void this.#handle(request, response))
  }

  static async start(): Promise<AwsQueryServer> {
    const server = new AwsQueryServer()
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve))
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** From now on, and with no calls so far. */
  answers(answer: (call: Record<string, string>) => QueryAnswer): void {
    this.calls.length = 0
    this.#answer = answer
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const call = Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString('utf8')))
    this.calls.push(call)
    const answer = this.#answer(call)
    const { status, body } = 'result' in answer ? { status: 200, body: resultOf(call, answer.result) } : errorOf(answer)
    response.writeHead(status, { 'content-type': 'text/xml' }).end(body)
  }
}

function resultOf({ Action }: Record<string, string>, result: string): string {
  return `<${Action}Response><${Action}Result>${result}</${Action}Result></${Action}Response>`
}

function errorOf({ code, message, status = 400 }: { code: string; message: string; status?: number }) {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`
  return { status, body: `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>` }
}
