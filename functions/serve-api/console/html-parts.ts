import { html } from 'hono/html'
import { epochMs, type Instant } from '../../../shared/core/time/instant.ts'
import { remainingText } from './remaining-text.ts'

/** A piece of HTML whose parts from outside are escaped. */
export type Html = ReturnType<typeof html>

/** A moment: UTC as served, in the reader's own zone once the browser has seen it, with UTC in the title. */
export function moment(at: Instant): Html {
  const utc = `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`
  return html`<time datetime="${at}" title="${utc}">${utc.slice(0, 16)} UTC</time>`
}

/** Time left, counted down in the browser. `past`: what it says then: `now`, or for how long it is `over`. */
export function countdown(until: Instant, now: Instant, past: 'now' | 'over' = 'now'): Html {
  const text = remainingText(epochMs(until) - epochMs(now), past)
  return html`<span class="count" data-until="${until}" data-past="${past}">${text}</span>`
}

/** Pieces with `separator` between them. */
export function joined(parts: readonly unknown[], separator: string): Html {
  return html`${parts.map((part, index) => (index === 0 ? html`${part}` : html`${separator}${part}`))}`
}

/** Part of an element's id; anything that is no letter, digit or dash becomes a dash. */
export function slug(...parts: readonly string[]): string {
  return parts.join('-').replaceAll(/[^A-Za-z0-9-]+/g, '-')
}

/** What every page of the console has in its head. */
export function renderHead(title: string): Html {
  return html`
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${title}</title>
  <link rel="icon" href="/console/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/console/console.css">`
}
