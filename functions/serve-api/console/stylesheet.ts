/** The look of the console: one column on a phone, two on a desk, light or dark as the reader has it. */
export const STYLESHEET = `:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --card: #ffffff; --ink: #16191f; --soft: #4c5464; --line: #d5d9e0;
  --link: #1746b8; --calm: #e3f4e8; --calm-ink: #14532d; --busy: #fff0cc; --busy-ink: #6b3d00;
  --alarm: #fde3e1; --alarm-ink: #8f1410; --note: #e6edfd; --note-ink: #173478;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1216; --card: #181c22; --ink: #eceff4; --soft: #aeb6c4; --line: #333a45;
    --link: #93b4ff; --calm: #12351f; --calm-ink: #b6efc6; --busy: #3d2c05; --busy-ink: #ffdc8f;
    --alarm: #47150f; --alarm-ink: #ffc2ba; --note: #172747; --note-ink: #c4d6ff;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0 auto; padding: 0 1rem 3rem; max-width: 76rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, h4, p, ul, ol, dl, dd { margin: 0; }
h1 { font-size: 1.25rem; letter-spacing: .01em; }
h2 { font-size: 1.3rem; line-height: 1.3; }
h3 { font-size: .8rem; letter-spacing: .06em; text-transform: uppercase; color: var(--soft); }
h4 { font-size: 1rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
time, .count, .count-now { font-variant-numeric: tabular-nums; white-space: nowrap; }
.count { display: inline-block; }
.fine { color: var(--soft); font-size: .875rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; padding: .75rem 0; }
.clock-now { color: var(--soft); }
.advance { display: flex; flex-wrap: wrap; gap: .5rem; flex: 1 1 auto; justify-content: flex-end; }
.advance button { flex: 1 1 auto; max-width: 16rem; }
.said { flex-basis: 100%; min-height: 1.5rem; }
.said.failed { color: var(--alarm-ink); background: var(--alarm); border-radius: 6px; padding: .25rem .75rem; }
button {
  font: inherit; font-size: .9375rem; font-weight: 600; padding: .5rem .7rem; min-height: 2.75rem; border-radius: 8px; cursor: pointer;
  color: var(--card); background: var(--link); border: 1px solid var(--link);
}
button[aria-disabled="true"] { opacity: 1; background: var(--card); color: var(--soft); border-color: var(--line); cursor: progress; }
.sample { background: var(--note); color: var(--note-ink); border-radius: 10px; padding: .75rem 1rem; margin-bottom: 1rem; }
.sample p + p { margin-top: .5rem; }
code { font: .9em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
pre { overflow-x: auto; padding: .75rem 1rem; background: var(--ground); border: 1px solid var(--line); border-radius: 8px; white-space: pre-wrap; }
.incident, .empty {
  background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1rem; margin-bottom: 1rem;
}
.empty > * + * { margin-top: .75rem; }
.severity { font-size: .85em; font-weight: 700; padding: .05em .45em; border-radius: 6px; background: var(--busy); color: var(--busy-ink); }
.sev1 .severity { background: var(--alarm); color: var(--alarm-ink); }
.where { color: var(--soft); margin-top: .25rem; }
.parts { display: grid; gap: 1.25rem; margin-top: 1rem; }
.part { margin-top: 1.25rem; min-width: 0; }
.parts > .part { margin-top: 0; }
.part > h3 { margin-bottom: .5rem; }
ul.seats, ul.clocks, ol.tries, ol.timeline, ol.messages { list-style: none; padding: 0; }
.seat, .clock { border-left: 4px solid var(--line); padding: .1rem 0 .1rem .75rem; }
.seat + .seat, .clock + .clock { margin-top: 1rem; }
.seat.engaging { border-color: var(--busy-ink); }
.seat.exhausted { border-color: var(--alarm-ink); }
.seat.taken { border-color: var(--calm-ink); }
.lead { font-weight: 600; }
.tries { color: var(--soft); font-size: .9rem; }
.dead { color: var(--alarm-ink); }
.badge {
  display: inline-block; font-size: .75rem; font-weight: 600; line-height: 1.4; padding: .05rem .5rem; border-radius: 99px;
  background: var(--note); color: var(--note-ink); vertical-align: 2px;
}
.badge.taken, .badge.confirmed, .badge.submitted { background: var(--calm); color: var(--calm-ink); }
.badge.engaging, .badge.provisional, .badge.held { background: var(--busy); color: var(--busy-ink); }
.badge.exhausted, .badge.missed { background: var(--alarm); color: var(--alarm-ink); }
.stage { margin-top: .5rem; }
dl.due { display: grid; gap: .1rem; margin: .25rem 0; }
dl.due div { display: flex; flex-wrap: wrap; gap: 0 .5rem; }
dl.due dt { color: var(--soft); min-width: 6.5rem; }
dl.due strong { font-size: 1.1rem; }
dl.next > div { margin-top: .5rem; }
dl.next dt { font-weight: 600; }
summary { cursor: pointer; padding: .4rem 0; }
summary > h2, summary > h3 { display: inline; }
details ol:not([class]) { padding-left: 1.25rem; font-size: .9rem; }
.timeline li, .messages li { padding: .3rem 0; border-top: 1px solid var(--line); }
.timeline li > time { color: var(--soft); margin-right: .35rem; }
.messages .what { display: block; }
.take { display: inline-block; padding: .35rem 0; font-weight: 600; }
@media (min-width: 60rem) {
  .parts { grid-template-columns: 1fr 1fr; }
  dl.next { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.25rem; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`
