import type { NoticeAbout } from '../core/incident/event-parts.ts'
import type { Reason } from '../core/incident/reasons.ts'

/** What a text is made of; instants come as wall-clock text in the reader's zone. */
export interface MessageFacts {
  readonly name: string
  readonly severity: string
  readonly title: string
  /** The account's name and number, or null for an incident without one. */
  readonly account: string | null
  readonly openedAt: string
  readonly incidentUrl: string
  /** When the next person is called; null when it does not apply. */
  readonly nextCallAt: string | null
  readonly others: readonly string[]
  readonly seats: readonly {
    readonly role: string
    readonly reason: Reason | null
    readonly url: string
    readonly code: string | null
    readonly replyCode: string | null
  }[]
  readonly stages: readonly {
    readonly name: string
    readonly timeLeft: string
    readonly dueAt: string
    readonly presumed: boolean
  }[]
  readonly about: NoticeAbout | null
}

export interface MessageText {
  readonly subject: string
  readonly text: string
  /** What the text says, as a page for e-mail: whole, escaped, nothing from elsewhere in it. */
  readonly html: string
}

/** One language's words for every kind of message. */
export interface MessageTexts {
  readonly role: (slug: string) => string
  readonly page: (facts: MessageFacts) => MessageText
  readonly shortPage: (facts: MessageFacts) => string
  readonly checkIn: (facts: MessageFacts) => MessageText
  readonly clock: (facts: MessageFacts) => MessageText
  readonly notice: (facts: MessageFacts) => MessageText
}
