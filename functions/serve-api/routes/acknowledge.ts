import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { type LinkView, type OpenLink, openLink, pressLink } from '../../../shared/app/acknowledge-by-link.ts'
import type { Refusal } from '../../../shared/core/incident/commands.ts'
import { type IncidentState, seatOf } from '../../../shared/core/incident/state.ts'
import { describeLinks } from '../acknowledge/describe-links.ts'
import { page } from '../acknowledge/page-frame.ts'
import {
  closedPage,
  heldPage,
  linkPage,
  NOT_FROM_PAGE,
  plainPage,
  takenPage,
  WRONG_CODE,
} from '../acknowledge/pages.ts'
import { isFromPage, showForm } from '../acknowledge/press-proof.ts'
import type { ApiDependencies } from '../api-dependencies.ts'
import { MOST_FORM_BYTES, readText } from '../read-request.ts'

/** The pages behind acknowledge links. Looking never acts; pressing needs the page's own form, and from e-mail its code. */
export function acknowledgeRoutes(app: OpenAPIHono, deps: ApiDependencies): void {
  describeLinks(app)
  app.get('/a/:token', async (context) => {
    const link = await openLink(deps, context.req.param('token'))
    return link.status === 'open' ? showPage(deps, context, link, 200, null) : notOpen(context, link)
  })
  app.post('/a/:token', async (context) => {
    const form = await readText(context.req.raw, MOST_FORM_BYTES)
    const link = await openLink(deps, context.req.param('token'))
    if (link.status !== 'open') return notOpen(context, link)
    if (!form.ok) return showPage(deps, context, link, form.answer.status === 413 ? 413 : 400, NOT_FROM_PAGE)
    return press(deps, context, link, new URLSearchParams(form.value))
  })
}

async function press(deps: ApiDependencies, context: Context, link: OpenLink, form: URLSearchParams) {
  if (!(await isFromPage(deps, context, link.token, form))) return showPage(deps, context, link, 400, NOT_FROM_PAGE)
  // The mail shows the digits apart.
  if (link.code !== null && form.get('code')?.replaceAll(/\s/g, '') !== link.code)
    return showPage(deps, context, link, 400, WRONG_CODE)
  const pressed = await pressLink(deps, link)
  if (pressed.ok) return taken(deps, context, link)
  return pressed.reason === 'KeyReused' ? expired(context) : refused(context, link, pressed)
}

/** Looked at again: the page says what is so now. */
async function taken(deps: ApiDependencies, context: Context, before: OpenLink) {
  const after = await openLink(deps, before.token)
  const link = after.status === 'open' ? after : before
  const again = before.seat.holder === before.grant.responderId
  return page(context, 200, 'You have it', takenPage(link, again, seatOf(link.state, link.seat.role)?.acting ?? false))
}

function refused(context: Context, link: OpenLink, refusal: Refusal) {
  switch (refusal.reason) {
    case 'HeldByAnother':
      return page(context, 409, 'Held by another', heldPage(link, refusal.holder))
    case 'Closed':
      return page(context, 410, 'Closed', closedPage(link.state))
    case 'Forbidden':
      return page(context, 403, 'Not possible', plainPage('You cannot take this seat', `The reason: ${refusal.why}.`))
    default:
      return expired(context)
  }
}

async function showPage(
  deps: ApiDependencies,
  context: Context,
  link: OpenLink,
  status: 200 | 400 | 413,
  hint: string | null,
) {
  const hidden = await showForm(deps, context, link.token)
  return page(context, status, link.state.severity, linkPage(link, hidden, hint))
}

type NotOpen = Exclude<LinkView, OpenLink>

function notOpen(context: Context, link: NotOpen) {
  if (link.status === 'closed') return closed(context, link.state)
  if (link.status === 'expired') return expired(context)
  const text = 'Part of it is missing or was changed. Open it from the message once more.'
  return page(context, 400, 'Not a link of ours', plainPage('This link does not work', text))
}

function closed(context: Context, state: IncidentState) {
  return page(context, 410, 'Closed', closedPage(state))
}

function expired(context: Context) {
  const text = 'Links live for 24 hours, while their person and seat are there. The incident itself is still there.'
  return page(context, 410, 'Expired', plainPage('This link has expired', text))
}
