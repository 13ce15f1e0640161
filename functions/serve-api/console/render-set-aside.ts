import { html } from 'hono/html'
import type { IgnoredFinding, IgnoredPage } from '../../../shared/app/ignored-findings.ts'
import type { Instant } from '../../../shared/core/time/instant.ts'
import { type Html, moment, renderHead, slug } from './html-parts.ts'
import type { Naming } from './naming.ts'
import { SET_ASIDE_WORDS } from './set-aside-words.ts'

/** What the page is drawn from. */
export interface SetAside {
  readonly now: Instant
  readonly naming: Naming
  /** The newest first. */
  readonly page: IgnoredPage
}

/** The page of findings that paged nobody. It stands still: nothing on it is urgent. */
export function renderSetAside({ now, naming, page }: SetAside): Html {
  return html`<!doctype html>
<html lang="en">
<head>${renderHead('Set aside – Muster')}</head>
<body>
  <header class="top">
    <h1><a href="/">Muster</a></h1>
    <p class="clock-now">As of ${moment(now)}</p>
  </header>
  <main>
    <section class="empty" aria-labelledby="set-aside">
      <h2 id="set-aside">Set aside</h2>
      <p>Findings that paged nobody, the newest first, with why. They are kept for 90 days.</p>
      ${page.findings.length === 0 ? html`<p>Nothing was set aside.</p>` : renderList(page, naming)}
    </section>
  </main>
</body>
</html>`
}

function renderList({ findings, cursor }: IgnoredPage, naming: Naming): Html {
  const more =
    cursor === null ? '' : html`<p class="fine"><a href="/console/set-aside?after=${cursor}">Older ones</a></p>`
  return html`<ul class="clocks">${findings.map((finding) => renderFinding(finding, naming))}</ul>${more}`
}

function renderFinding(finding: IgnoredFinding, naming: Naming): Html {
  const { key, severity, title, recordedAt, accountId, region, source, type } = finding
  return html`<li class="clock" id="${slug('aside', key)}">
        <h3><span class="severity">${severity}</span> ${title}</h3>
        <p>${renderWhy(finding, naming)}</p>
        <p class="fine">${moment(recordedAt)}, ${naming.account(accountId)}, ${region}, ${source}: ${type}</p>
      </li>`
}

function renderWhy({ reason, heldBy }: IgnoredFinding, naming: Naming): Html {
  const words = SET_ASIDE_WORDS[reason]
  if (heldBy === null) return html`Not paged: ${words}.`
  return html`Not paged: ${words}, <code>${heldBy.ruleId}</code> of ${naming.person(heldBy.owner)}, until
    ${moment(heldBy.until)}: ${heldBy.reason}`
}
