import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium'
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox', '--disable-gpu', ...QUIET] })
}

export interface View {
  readonly width: number
  readonly height: number
  readonly colorScheme: 'light' | 'dark'
}

/** A browser window whose pages' errors, refusals of the content policy among them, are written down. */
export class WatchedWindow {
  readonly errors: string[] = []
  readonly #context: BrowserContext

  private constructor(context: BrowserContext) {
    this.#context = context
  }

  static async open(browser: Browser, { width, height, colorScheme }: View): Promise<WatchedWindow> {
    const viewport = { width, height }
    const place = { timezoneId: 'Europe/Berlin', locale: 'en-GB' }
    return new WatchedWindow(await browser.newContext({ viewport, colorScheme, ...place }))
  }

  async page(url: string): Promise<Page> {
    const page = await this.#context.newPage()
    page.setDefaultTimeout(15_000)
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text())
    })
    page.on('pageerror', (error) => this.errors.push(String(error)))
    await page.goto(url)
    return page
  }

  close(): Promise<void> {
    return this.#context.close()
  }
}

/** What axe finds wrong, one line each; empty when nothing is. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

/** True when one has to scroll sideways. */
export function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')
}

/** The text as it is seen: without what is hidden, with spaces as they are shown. */
export function textOf(locator: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: what counts here is what a person sees
  return locator.innerText()
}
