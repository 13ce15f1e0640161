/** What most kinds of events do not tell. */
export const ABSENT = {
  severity: null,
  principal: null,
  principals: [],
  count: null,
  traits: [],
  tags: {},
  indicators: [],
  signals: [],
} as const
