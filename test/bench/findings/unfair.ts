/** What makes the comparison uneven, on either side; docs/benchmarks.md has the same. */
export const UNFAIR: readonly string[] = [
  'To Muster: Alertmanager keeps alerts in memory and loses them when it is killed; Muster has a hash-chained commit stored before it answers. Over dynalite it is on disk, in another process.',
  'To Muster: it runs on one thread of one process, as one Lambda would; Alertmanager uses both processors.',
  'To Muster: it validates 5 KB of provider’s JSON against a schema, finds account, principal and resources in it, and calls four people for each incident, with a claim, a link and a receipt each; Alertmanager takes labels as they come and sends one webhook a group.',
  'To Alertmanager: it is fed over HTTP by a client that shares its two processors; Muster’s batches lie in memory, as text, as Lambda’s runtime has them.',
  'To Alertmanager: `whole` alerts carry 5 KB in an annotation. Nobody has to send it that much; `lean` shows what it does with labels and a title.',
  'To Alertmanager: it is made for alerts that are sent again every minute or so and end by themselves, with silences and inhibition, which cost it time and which Muster has not.',
  'To both: a second or less a storm on shared processors. Hence turns, and medians of ratios.',
]
