import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { listIgnored } from '../../../shared/app/ignored-findings.ts'
import { CONSOLE_SCRIPT } from './browser-script.ts'
import { namingOf } from './naming.ts'
import { ICON, renderPage } from './page.ts'
import { glance, readScene, type SceneDependencies } from './read-scene.ts'
import { renderScreen } from './render-screen.ts'
import { renderSetAside } from './render-set-aside.ts'
import { STYLESHEET } from './stylesheet.ts'

/** Only this site's own script and style, nothing inline; no forms, no frames. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const SET_ASIDE_SHOWN = 50

const ASSETS = [
  ['/console/console.js', 'text/javascript; charset=utf-8', CONSOLE_SCRIPT],
  ['/console/console.css', 'text/css; charset=utf-8', STYLESHEET],
  ['/console/icon.svg', 'image/svg+xml', ICON],
] as const

/**
 * The first screen: the page at `/`, the part of it that changes at `/console/incidents` (304 while it is as the given
 * `If-None-Match` names it; `Muster-Now` carries Muster's time), its script and style, and at `/console/set-aside` the
 * findings that paged nobody. With `messages`, the local
 * outbox, it shows the messages with their links and the buttons that move Muster's time.
 */
export function consoleRoutes(deps: SceneDependencies): Hono {
  const routes = new Hono()
  routes.get('/', async (context) => {
    const seen = await glance(deps)
    const screen = renderScreen(await readScene(deps, seen, originOf(context)))
    secure(context)
    return context.html(renderPage({ now: seen.now, tag: seen.tag, screen, isLocal: deps.messages !== undefined }))
  })
  routes.get('/console/incidents', async (context) => {
    const seen = await glance(deps)
    secure(context)
    context.header('etag', seen.tag)
    context.header('muster-now', seen.now)
    if (context.req.header('if-none-match') === seen.tag) return context.body(null, 304)
    return context.html(html`${renderScreen(await readScene(deps, seen, originOf(context)))}`)
  })
  routes.get('/console/set-aside', async (context) => {
    const page = await listIgnored(deps, {
      reason: null,
      limit: SET_ASIDE_SHOWN,
      cursor: context.req.query('after') ?? null,
    })
    secure(context)
    if (page === null) return context.redirect('/console/set-aside')
    const { directory } = await deps.directory.current()
    return context.html(renderSetAside({ now: deps.time.now(), naming: namingOf(directory, deps.obligations), page }))
  })
  for (const [path, type, text] of ASSETS) {
    routes.get(path, (context) => {
      context.header('x-content-type-options', 'nosniff')
      return context.body(text, 200, { 'content-type': type, 'cache-control': 'no-cache' })
    })
  }
  return routes
}

function originOf(context: Context): string {
  return new URL(context.req.url).origin
}

function secure(context: Context): void {
  context.header('content-security-policy', POLICY)
  context.header('x-content-type-options', 'nosniff')
  context.header('referrer-policy', 'no-referrer')
  context.header('cache-control', 'no-store')
}
