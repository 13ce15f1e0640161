import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { LINK_LIVES_SECONDS } from '../../../shared/app/acknowledge-link.ts'
import { sha256 } from '../../../shared/app/rows/keys.ts'
import type { ApiDependencies } from '../api-dependencies.ts'

/** The form's hidden values: that whoever presses has seen the page. */
export interface HiddenValues {
  readonly nonce: string
  readonly proof: string
}

type Deps = Pick<ApiDependencies, 'forms' | 'random'>

/**
 * Hidden values for a page that is shown now, and the cookie that goes with them. A browser that has seen the page
 * before keeps its nonce, so that a page that is still open elsewhere can be pressed, too.
 */
export async function showForm(deps: Deps, context: Context, token: string): Promise<HiddenValues> {
  const known = await nonceOfCookie(deps, context, token)
  const nonce = known ?? deps.random.id()
  setCookie(context, cookieName(token), `${nonce}.${await deps.forms.sign(cookieText(token, nonce))}`, {
    path: '/a',
    httpOnly: true,
    sameSite: 'Strict',
    secure: new URL(context.req.url).protocol === 'https:',
    maxAge: LINK_LIVES_SECONDS,
  })
  return { nonce, proof: await deps.forms.sign(formText(token, nonce)) }
}

/** Whether a form came from our page, in the browser that the page was shown in. */
export async function isFromPage(deps: Deps, context: Context, token: string, form: URLSearchParams): Promise<boolean> {
  const nonce = form.get('nonce') ?? ''
  if (!isOurOrigin(context)) return false
  if (nonce === '' || (await nonceOfCookie(deps, context, token)) !== nonce) return false
  return deps.forms.verify(formText(token, nonce), form.get('proof') ?? '')
}

async function nonceOfCookie({ forms }: Deps, context: Context, token: string): Promise<string | null> {
  const [nonce, signature, ...more] = (getCookie(context, cookieName(token)) ?? '').split('.')
  if (!nonce || !signature || more.length > 0 || nonce.length > 128) return null
  return (await forms.verify(cookieText(token, nonce), signature)) ? nonce : null
}

/** Browsers say whose page sends a form; anything else than our own is somebody else's page. */
function isOurOrigin(context: Context): boolean {
  const origin = context.req.header('origin')
  if (origin === undefined) return true
  const host = context.req.header('host') ?? new URL(context.req.url).host
  return URL.canParse(origin) && new URL(origin).host === host
}

/** A link of its own each: two seats may be open side by side. */
function cookieName(token: string): string {
  return `muster-${sha256(token).slice(0, 12)}`
}

// Links sign five parts, these eight and more: none can stand for another.
function formText(token: string, nonce: string): string {
  return `form~${token}~${nonce}`
}

function cookieText(token: string, nonce: string): string {
  return `cookie~${token}~${nonce}`
}
