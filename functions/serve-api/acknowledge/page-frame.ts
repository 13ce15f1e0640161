import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { html, raw } from 'hono/html'

export type Html = ReturnType<typeof html>

/** Readable on a phone at night: one column, large letters, a button for a thumb, dark where the phone is. */
const STYLE = `
:root { color-scheme: light dark; --ink: #14181f; --quiet: #4a5361; --paper: #ffffff; --act: #0b5a2b; --line: #8a93a1; --warn: #9b1c1c }
@media (prefers-color-scheme: dark) { :root { --ink: #f1f3f6; --quiet: #b8c0cc; --paper: #0e1116; --act: #7fdca4; --line: #6d7684; --warn: #ff9b94 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.125rem/1.5 system-ui, sans-serif }
main { max-width: 34rem; margin: 0 auto; padding: 1.25rem 1rem 3rem }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .75rem; overflow-wrap: anywhere }
dl { margin: 0 0 1.25rem } dt { color: var(--quiet); font-size: .95rem } dd { margin: 0 0 .6rem; overflow-wrap: anywhere }
.grade { display: inline-block; border: 2px solid currentColor; border-radius: .4rem; padding: 0 .5rem; font-weight: 700 }
.hint { border-left: .3rem solid var(--warn); padding: .25rem 0 .25rem .75rem; font-weight: 600 }
label { display: block; font-weight: 600; margin-bottom: .35rem }
input { font: inherit; font-size: 2rem; letter-spacing: .3em; width: 6rem; padding: .4rem; text-align: center; color: inherit; background: transparent; border: 2px solid var(--line); border-radius: .5rem }
button { font: inherit; font-size: 1.4rem; font-weight: 700; width: 100%; min-height: 4.5rem; margin-top: 1rem; color: var(--paper); background: var(--act); border: 0; border-radius: .75rem; cursor: pointer }
a { color: inherit } a:focus-visible, input:focus-visible, button:focus-visible { outline: .2rem solid var(--ink); outline-offset: .2rem }
`
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

/** A whole page, with the headers of one that holds a secret in its address. */
export function page(context: Context, status: 200 | 400 | 403 | 409 | 410 | 413, title: string, body: Html) {
  context.header('content-security-policy', POLICY)
  // Not `no-referrer`: browsers then name no origin with the form, and ours could not be told from another's.
  context.header('referrer-policy', 'same-origin')
  return context.html(
    html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${title} - Muster</title><style>${raw(STYLE)}</style></head>
<body><main>${body}</main></body>
</html>`,
    status,
  )
}
