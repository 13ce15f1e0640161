/**
 * The first screen in a real browser, over a real `npm start`: node test/browser/console.browser.ts [--screenshot]
 * The browser is $CHROMIUM, else /usr/bin/chromium. Prints `N passed, N failed`; exit 0 when nothing failed.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { Expectations } from './expectations.ts'
import { StartedMuster } from './started-muster.ts'
import { isTooWide, launch, textOf, type View, violations, WatchedWindow } from './watched-page.ts'

const DESK: View = { width: 1280, height: 1180, colorScheme: 'light' }
const PHONE: View = { width: 360, height: 740, colorScheme: 'dark' }
const PICTURE = fileURLToPath(new URL('../../docs/images/console.png', import.meta.url))
const EVENT = new URL('../../events/guardduty/leaked-access-key.json', import.meta.url)
const QUIET_EVENT = new URL('../../events/securityhub/control-informational.json', import.meta.url)

const isPictureWanted = process.argv.includes('--screenshot')
const expected = new Expectations()

const seat = (page: Page, role: string) => page.locator(`.seat[id$="-${role}"]`)
const commander = (page: Page) => seat(page, 'incident-commander')

async function seesSample(page: Page): Promise<void> {
  expected.ok(await page.locator('#sample').isVisible(), 'the SAMPLE banner is seen')
  expected.ok((await page.locator('.seat').count()) === 4, 'four seats are seen')
  const lead = await textOf(commander(page).locator('.lead'))
  expected.ok(/Sample Ben called \d\d:\d\d, no answer; Sample \w+ in \d+:\d\d/.test(lead), 'the deputy is called', lead)
  expected.ok((await textOf(commander(page))).includes('Sample Ana: skipped, on holiday'), 'the holiday is said')
  const engineer = await textOf(seat(page, 'cloud-security-engineer'))
  expected.ok(engineer.includes('SMS to Sample Dee refused: a landline?'), 'the dead channel is said', engineer)
  const clock = await textOf(page.locator('.clock').first())
  expected.ok(clock.includes('presumed from the signal; not an admission'), 'the anchor is marked as presumed', clock)
}

async function counts(page: Page): Promise<void> {
  const read = () => textOf(page.locator('.clock .count').first())
  const first = await read()
  await page.waitForTimeout(1300)
  expected.ok(/^7[12]:\d\d:\d\d$/.test(first) && first !== (await read()), 'the clock counts', first)
}

/** What the reader has unfolded and where the focus is stays over a change of the screen. */
async function advances(page: Page): Promise<void> {
  const details = page.locator('.clock details').first()
  await details.locator('summary').click()
  await page.locator('#advance-minutes').focus()
  await page.keyboard.press('Enter')
  await page.locator('#said', { hasText: 'for Muster now' }).waitFor()
  const lead = await textOf(commander(page).locator('.lead'))
  const told = await textOf(commander(page))
  expected.ok(/Sample Ben called .*no answer in time/.test(told), 'the first call ended', told)
  expected.ok(/Sample Cho called/.test(lead), 'the backup is called', lead)
  expected.ok((await details.getAttribute('open')) !== null, 'what was unfolded stays unfolded')
  const focused = await page.evaluate('document.activeElement.id')
  expected.ok(focused === 'advance-minutes', 'the focus stays', focused)
}

/** Takes the seat by the backup's link in a second tab, and sees it on the first without loading that again. */
async function takesSeat(page: Page, window: WatchedWindow, url: string): Promise<void> {
  const message = page.locator('.messages li', { hasText: 'Take Incident Commander as Sample Cho' }).first()
  const href = await message.locator('a.take').getAttribute('href')
  const code = /two digits: (\d\d)/.exec(await textOf(message))?.[1]
  const link = await window.page(`${url}${href}`)
  expected.none(await violations(link), 'axe on the acknowledge page')
  expected.ok(!(await isTooWide(link)), 'the acknowledge page fits')
  const asked = link.locator('input[name="code"]')
  if ((await asked.count()) > 0) await asked.fill(code ?? '')
  await link.locator('button[type="submit"]').click()
  await link.locator('h1', { hasText: 'You have it' }).waitFor()
  expected.none(await violations(link), 'axe on the page after the press')
  await commander(page)
    .locator('.lead', { hasText: /Sample Cho has taken it \d\d:\d\d/ })
    .waitFor()
  expected.ok(
    (await commander(page).getAttribute('class'))?.includes('taken') === true,
    'the seat is taken on the screen',
  )
  const news = page.locator('#news')
  expected.ok((await textOf(news)) !== '', 'the change is read out', await textOf(news))
}

async function saysFailures(page: Page): Promise<void> {
  await page.route('**/local/advance', (route) => route.fulfill({ status: 500, json: { detail: 'the disk is full' } }))
  await page.locator('#advance-hour').click()
  await page.locator('#said', { hasText: 'Advancing did not work: the disk is full' }).waitFor()
  expected.ok((await page.locator('#advance-hour').getAttribute('aria-disabled')) === null, 'one can try again')
}

async function onDesk(browser: Browser, muster: StartedMuster): Promise<void> {
  const window = await WatchedWindow.open(browser, DESK)
  const page = await window.page(`${muster.url}/`)
  await expected.step('the sample is seen', () => seesSample(page))
  await expected.step('the clock counts', () => counts(page))
  expected.none(await violations(page), 'axe on the screen, light')
  await expected.step('five minutes on', () => advances(page))
  await expected.step('the seat is taken', () => takesSeat(page, window, muster.url))
  if (isPictureWanted) await page.screenshot({ path: PICTURE })
  expected.none(window.errors, 'no error and no refusal in the browser')
  await expected.step('a failure is said', () => saysFailures(page))
  await window.close()
}

async function onPhone(browser: Browser, muster: StartedMuster): Promise<void> {
  const window = await WatchedWindow.open(browser, PHONE)
  const page = await window.page(`${muster.url}/`)
  expected.ok(!(await isTooWide(page)), 'the screen fits a phone')
  expected.none(await violations(page), 'axe on the screen, dark and narrow')
  await expected.step('the whole record folds and unfolds by keyboard', async () => {
    const timeline = page.locator('details[id^="timeline-"]').first()
    await timeline.locator('summary').focus()
    await page.keyboard.press('Enter')
    await page.waitForTimeout(2500)
    expected.ok((await timeline.getAttribute('open')) === null, 'what was folded stays folded')
  })
  const href = await page.locator('a.take').first().getAttribute('href')
  const link = await window.page(`${muster.url}${href}`)
  expected.ok(!(await isTooWide(link)), 'the acknowledge page fits a phone')
  expected.none(await violations(link), 'axe on the acknowledge page, dark and narrow')
  expected.none(window.errors, 'no error and no refusal on the phone')
  await muster.stop()
  await expected.step('silence is said', () => page.locator('#said', { hasText: 'No answer from Muster' }).waitFor())
  await window.close()
}

async function listsSetAside(page: Page, url: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetch(`${url}/v1/events`, { method: 'POST', headers, body: await readFile(QUIET_EVENT, 'utf8') })
  await page.locator('#to-set-aside').click()
  await page.locator('h2', { hasText: 'Set aside' }).waitFor()
  expected.ok((await textOf(page.locator('main'))).includes('Not paged: informational'), 'the reason stands there')
  expected.none(await violations(page), 'axe on what was set aside')
}

async function onEmpty(browser: Browser): Promise<void> {
  const muster = await StartedMuster.start('--empty')
  try {
    const window = await WatchedWindow.open(browser, DESK)
    const page = await window.page(`${muster.url}/`)
    expected.ok(await page.locator('h2', { hasText: 'Nothing is open' }).isVisible(), 'the empty screen says so')
    expected.ok(
      (await textOf(page.locator('#first-event'))).includes(`${muster.url}/v1/events`),
      'and says how to begin',
    )
    expected.none(await violations(page), 'axe on the empty screen')
    const headers = { 'content-type': 'application/json' }
    await fetch(`${muster.url}/v1/events`, { method: 'POST', headers, body: await readFile(EVENT, 'utf8') })
    await expected.step('a first incident appears by itself', () => page.locator('article.incident').waitFor())
    expected.ok((await page.locator('#sample').count()) === 0, 'one of the own is no sample')
    await expected.step('what pages nobody is listed with why', () => listsSetAside(page, muster.url))
    expected.none(window.errors, 'no error and no refusal on the empty screen')
    await window.close()
  } finally {
    await muster.stop()
  }
}

const browser = await launch()
try {
  const muster = await StartedMuster.start()
  await expected.step('on a desk', () => onDesk(browser, muster))
  await expected.step('on a phone', () => onPhone(browser, muster))
  await muster.stop()
  await expected.step('with nothing open', () => onEmpty(browser))
} finally {
  await browser.close()
}
console.log(expected.summary())
process.exitCode = expected.failed === 0 ? 0 : 1
