import { type Html, html } from './html.ts'

/** What an e-mail says, in the order in which it is read. */
export interface Letter {
  /** A tag of BCP 47, such as `en`. */
  readonly language: string
  readonly severity: string
  readonly title: string
  /** Short lines under the title: where, since when, which deadlines. */
  readonly lines: readonly string[]
  /** Who is meant, and what is asked. */
  readonly asks: readonly string[]
  readonly buttons: readonly LetterButton[]
  /** What happens otherwise, and who else is called. */
  readonly closing: readonly string[]
  readonly incident: { readonly label: string; readonly url: string }
}

export interface LetterButton {
  readonly label: string
  readonly url: string
  /** The digits that the page behind the button asks for, and the words before them. */
  readonly code: { readonly words: string; readonly digits: string } | null
}

/**
 * The letter as a page that mail programs show alike: styles inline, since many drop the others; a table around a
 * button, since Outlook pads nothing else; no image and nothing from elsewhere. Ink and paper stay the reader's own, so
 * that dark mode needs no second set; only the button has colours.
 */
export function mailHtml(letter: Letter): string {
  const { language, severity, title, incident } = letter
  return html`<!doctype html>
<html lang="${language}" style="color-scheme:light dark">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>${severity}: ${title}</title>
</head>
<body style="margin:0;padding:0">
<div lang="${language}" style="${PAGE}">
<h1 style="${HEADING}"><span style="${GRADE}">${severity}</span> ${title}</h1>
${paragraph(letter.lines)}${letter.asks.map((text) => paragraph([text]))}${letter.buttons.map(button)}${letter.closing.map((text) => paragraph([text]))}<p style="${PARAGRAPH}"><a href="${incident.url}">${incident.label}</a></p>
</div>
</body>
</html>
`.toString()
}

const PAGE =
  'max-width:600px;margin:0 auto;padding:16px;font-family:system-ui,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:18px;line-height:1.5;overflow-wrap:anywhere;word-break:break-word'
const HEADING = 'margin:0 0 12px;font-size:26px;line-height:1.25'
const GRADE = 'border:2px solid;border-radius:6px;padding:0 8px;white-space:nowrap'
const PARAGRAPH = 'margin:0 0 16px'
const BUTTON_COLOUR = '#1d4ed8'
const BUTTON = `border-radius:8px;background-color:${BUTTON_COLOUR}`
const BUTTON_LINK =
  'display:block;padding:20px 16px;font-size:22px;font-weight:700;line-height:1.25;color:#ffffff;text-decoration:none'
const DIGITS = 'font-size:44px;font-weight:700;line-height:1.2;letter-spacing:8px'

function paragraph(lines: readonly string[]): Html {
  if (lines.length === 0) return html``
  return html`<p style="${PARAGRAPH}">${lines.map((line, index) => (index === 0 ? html`${line}` : html`<br>${line}`))}</p>
`
}

function button({ label, url, code }: LetterButton): Html {
  return html`<table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0" style="margin:0 0 8px"><tr><td align="center" bgcolor="${BUTTON_COLOUR}" style="${BUTTON}"><a href="${url}" style="${BUTTON_LINK}">${label}</a></td></tr></table>
${code === null ? html`` : html`<p style="${PARAGRAPH}">${code.words}<br><span style="${DIGITS}">${code.digits}</span></p>\n`}`
}
