import type { Obligation } from '../../core/clocks/obligation.ts'

/** GDPR: the controller tells the supervisory authority about a breach of personal data. */
export const EU_GDPR_ART33_AUTHORITY = {
  id: 'eu-gdpr-art33-authority',
  version: 1,
  name: 'GDPR: personal data breach, to the supervisory authority',
  citation: 'Regulation (EU) 2016/679 (GDPR), Art. 33(1), (3), (4) and (5)',
  authority:
    'The competent supervisory authority (Art. 55), or the lead one where processing crosses borders (Art. 56)',
  who: 'controller',
  recipients: ['authority'],
  concerns: { dataCategories: ['personal'], residents: ['EU'] },
  stages: [
    {
      id: 'authority',
      what: 'Notify the supervisory authority; what is not known yet may follow in phases (Art. 33(4)).',
      anchor: 'awareness',
      deadline: { amount: 72, unit: 'hours', hourExcluded: true },
    },
  ],
  thresholds: [
    'A breach of personal data, unless it is unlikely to result in a risk to the rights and freedoms of people.',
  ],
  content: [
    'What happened to the data: the nature of the breach',
    'Which kinds of people are concerned, and about how many',
    'Which kinds of records are concerned, and about how many',
    'The data protection officer or another contact, with how to reach them',
    'The likely consequences',
    'The measures taken or proposed, also to limit the harm',
    'The reasons for the delay, when it is sent after 72 hours',
  ],
  inForceSince: '2018-05-25',
  confidence: 'high',
  verification: 'seen-secondary',
  doubtful: [
    'The hour rule: by Regulation (EEC, Euratom) 1182/71 Art. 3(1) the hour of the event is not counted, so the period starts at the next full hour; an event exactly on the hour is taken to lie inside that hour. Whoever wants no doubt keeps to 72 elapsed hours.',
    'Some authors give every period at least two working days (Regulation 1182/71 Art. 3(5)). German supervisory authorities do not apply it to periods in hours, and neither is it applied here.',
    'A proposal of November 2025 would make it 96 hours and only for high risk. It is not law and changes nothing here.',
  ],
  adoptedByDefault: true,
  pending: false,
} as const satisfies Obligation
