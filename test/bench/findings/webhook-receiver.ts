import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Stands where Alertmanager sends its notifications: says which groups it has heard of, and how often. */
export class WebhookReceiver {
  readonly heard = new Map<string, number>()
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        this.#hear(Buffer.concat(chunks).toString())
        response.end()
      })
    })
  }

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver()
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve))
    return receiver
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  #hear(body: string): void {
    const { groupKey } = JSON.parse(body) as { groupKey: string }
    this.heard.set(groupKey, (this.heard.get(groupKey) ?? 0) + 1)
  }
}
