import type { Page, PageElement } from './browser-page.ts'
import { patchChildren, patchNode } from './patch-page.ts'
import { remainingText } from './remaining-text.ts'

// What runs in the browser. The functions are sent as their own text (see CONSOLE_SCRIPT), so each uses only what the
// others and the browser have, and nothing of this module beside.
declare const document: Page

/** What the page knows between two looks. */
interface Shown {
  /** How far Muster's time is ahead of this page's own counter, in milliseconds. */
  aheadMs: number
  tag: string
  /** The newest sentences of the timelines: read out when they change. */
  newest: string | null
  looks: number
  failures: number
  advancing: boolean
}

/** A moment in the reader's zone: the time alone for today, else with its day. */
export function localText(atMs: number, nowMs: number): string {
  const at = new Date(atMs)
  const time = at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  if (at.toDateString() === new Date(nowMs).toDateString()) return time
  return `${at.toLocaleDateString(undefined, { weekday: 'short', day: 'numeric', month: 'short' })} ${time}`
}

/** Puts every moment into the reader's zone. */
export function showMoments(root: Pick<PageElement, 'querySelectorAll'>, nowMs: number): void {
  for (const time of root.querySelectorAll('time')) {
    const text = localText(Date.parse(time.getAttribute('datetime') ?? ''), nowMs)
    if (time.textContent !== text) time.textContent = text
  }
}

/** Puts every countdown to where it is now. */
export function showCounts(root: Pick<PageElement, 'querySelectorAll'>, nowMs: number): void {
  for (const count of root.querySelectorAll('.count')) {
    const text = remainingText(Date.parse(count.dataset.until ?? '') - nowMs, count.dataset.past ?? 'now')
    if (count.textContent !== text) count.textContent = text
  }
}

function nowOf(shown: Shown): number {
  return performance.now() + shown.aheadMs
}

/** Counts down between two looks, and shows Muster's time with its seconds. */
function tick(shown: Shown): void {
  const nowMs = nowOf(shown)
  showCounts(document, nowMs)
  const place = document.getElementById('muster-now')
  if (!place) return
  const at = new Date(nowMs)
  const day = at.toLocaleDateString(undefined, { weekday: 'short', day: 'numeric', month: 'short' })
  const time = at.toLocaleTimeString(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  place.textContent = `${day} ${time}`
  place.title = `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

function say(text: string, failed: boolean): void {
  const said = document.getElementById('said')
  if (!said || said.textContent === text) return
  said.textContent = text
  said.className = failed ? 'said failed' : 'said'
}

/** Reads out what has happened, for those who do not see it. */
function announce(shown: Shown): void {
  const newest = Array.from(
    document.querySelectorAll('.timeline li:first-child .what'),
    (what) => what.textContent,
  ).join(' ')
  const news = document.getElementById('news')
  if (news && shown.newest !== null && shown.newest !== newest) news.textContent = newest
  shown.newest = newest
  const open = Array.from(document.querySelectorAll('#open > article')).length
  document.title = open === 0 ? 'Muster' : `${open} open – Muster`
}

/** Asks for the screen and shows what is new of it. */
async function look(shown: Shown): Promise<void> {
  shown.looks += 1
  const mine = shown.looks
  const headers = { 'if-none-match': shown.tag }
  const answer = await fetch('/console/incidents', { cache: 'no-store', headers, signal: AbortSignal.timeout(15_000) })
  if (answer.status !== 304 && !answer.ok) throw new Error(`Muster answers ${answer.status}`)
  const text = answer.status === 304 ? null : await answer.text()
  // A later look has overtaken this one.
  if (mine !== shown.looks) return
  shown.aheadMs = Date.parse(answer.headers.get('muster-now') ?? '') - performance.now()
  const screen = document.getElementById('screen')
  if (text === null || !screen) return
  shown.tag = answer.headers.get('etag') ?? ''
  const fresh = document.createElement('template')
  fresh.innerHTML = text
  showMoments(fresh.content, nowOf(shown))
  showCounts(fresh.content, nowOf(shown))
  patchChildren(screen, fresh.content)
  announce(shown)
}

/** Looks, and says so when Muster does not answer, and when it does again. */
async function refresh(shown: Shown): Promise<void> {
  try {
    await look(shown)
    if (shown.failures > 0) say('Muster answers again.', false)
    shown.failures = 0
  } catch (fault) {
    shown.failures += 1
    const why = fault instanceof Error ? fault.message : String(fault)
    if (!shown.advancing) say(`No answer from Muster (${why}): what you see may be old. Trying again.`, true)
  }
}

/** Every other second while the page is seen; less often while nobody answers. */
async function keepLooking(shown: Shown): Promise<void> {
  if (!document.hidden) await refresh(shown)
  setTimeout(() => void keepLooking(shown), shown.failures > 3 ? 10_000 : 2000)
}

/** Moves Muster's time and shows where it has come to. One move at a time. */
async function advance(shown: Shown, button: PageElement): Promise<void> {
  if (shown.advancing) return
  shown.advancing = true
  const buttons = Array.from(document.querySelectorAll('[data-by]'))
  for (const each of buttons) each.setAttribute('aria-disabled', 'true')
  say(`Advancing ${button.dataset.what}: Muster does all that falls due in between…`, false)
  try {
    const body = JSON.stringify({ by: button.dataset.by })
    const answer = await fetch('/local/advance', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    const said = (await answer.json()) as { now?: string; detail?: string }
    if (!answer.ok || said.now === undefined) throw new Error(said.detail ?? `Muster answers ${answer.status}`)
    await refresh(shown)
    say(`It is ${localText(Date.parse(said.now), nowOf(shown))} for Muster now.`, false)
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault)
    say(`Advancing did not work: ${why}. Nothing is lost; please try again.`, true)
  } finally {
    shown.advancing = false
    for (const each of buttons) each.removeAttribute('aria-disabled')
  }
}

function start(): void {
  const screen = document.getElementById('screen')
  const aheadMs = Date.parse(screen?.dataset.now ?? '') - performance.now()
  const shown: Shown = {
    aheadMs,
    tag: screen?.dataset.tag ?? '',
    newest: null,
    looks: 0,
    failures: 0,
    advancing: false,
  }
  for (const button of document.querySelectorAll('[data-by]')) {
    button.addEventListener('click', () => void advance(shown, button))
  }
  announce(shown)
  showMoments(document, nowOf(shown))
  tick(shown)
  setInterval(() => tick(shown), 250)
  // What was today is yesterday after midnight.
  setInterval(() => showMoments(document, nowOf(shown)), 60_000)
  setTimeout(() => void keepLooking(shown), 2000)
}

/** The script as the browser gets it. */
export const CONSOLE_SCRIPT = `'use strict'
${[
  remainingText,
  patchNode,
  patchChildren,
  localText,
  showMoments,
  showCounts,
  nowOf,
  tick,
  say,
  announce,
  look,
  refresh,
  keepLooking,
  advance,
  start,
].join('\n\n')}

;(${start})()
`
