import { html } from 'hono/html'
import type { Instant } from '../../../shared/core/time/instant.ts'
import { type Html, renderHead } from './html-parts.ts'

export interface PageParts {
  readonly now: Instant
  /** Names what the screen was drawn from. */
  readonly tag: string
  readonly screen: Html
  /** Whether Muster's time can be moved: on one's own machine only. */
  readonly isLocal: boolean
}

/** The whole page; what changes by itself is in `#screen` and is asked for again every other second. */
export function renderPage({ now, tag, screen, isLocal }: PageParts): Html {
  return html`<!doctype html>
<html lang="en">
<head>${renderHead('Muster')}
  <script src="/console/console.js" defer></script>
</head>
<body>
  <header class="top">
    <h1>Muster</h1>
    <p class="clock-now">It is <span id="muster-now" class="count-now">${now.slice(0, 19).replace('T', ' ')} UTC</span></p>
    ${isLocal ? renderAdvance() : ''}
    <p id="said" role="status" class="said"></p>
  </header>
  <main id="screen" data-now="${now}" data-tag="${tag}">${screen}</main>
  <nav class="fine" aria-label="More"><a id="to-set-aside" href="/console/set-aside">Findings that paged nobody, and why</a></nav>
  <p id="news" role="status" class="unseen"></p>
  <noscript><p class="said">Without JavaScript this page stands still: load it again to see what has changed.</p></noscript>
</body>
</html>`
}

function renderAdvance(): Html {
  return html`<div class="advance" role="group" aria-label="Move Muster's time">
      <button type="button" id="advance-minutes" data-by="PT5M" data-what="five minutes">Advance five minutes</button>
      <button type="button" id="advance-hour" data-by="PT1H" data-what="one hour">Advance one hour</button>
    </div>`
}

export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#1d4ed8"/><path d="M3.5 12V4h1.8L8 8.2 10.7 4h1.8v8h-1.9V7.4L8 11.2 5.4 7.4V12z" fill="#fff"/></svg>
`
