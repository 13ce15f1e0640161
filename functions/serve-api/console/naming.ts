import { ENGLISH } from '../../../shared/content/messages/english.ts'
import type { Obligation } from '../../../shared/core/clocks/obligation.ts'
import { type Directory, findResponder, profileOf } from '../../../shared/core/directory/directory.ts'

/** What ids are called on the screen. An id that nobody knows any more stays as it is. */
export interface Naming {
  person(responderId: string): string
  role(slug: string): string
  channel(responderId: string, channelId: string): string
  account(accountId: string): string
  obligation(obligationId: string): string
  stage(obligationId: string, stageId: string): string
}

/** Names as the directory and the catalogue have them now. */
export function namingOf(directory: Directory, obligations: readonly Obligation[]): Naming {
  const obligation = (id: string) => obligations.find((one) => one.id === id)
  return {
    person: (id) => findResponder(directory, id)?.name ?? id,
    role: ENGLISH.role,
    channel: (responderId, channelId) =>
      findResponder(directory, responderId)?.channels.find(({ id }) => id === channelId)?.kind ?? channelId,
    account: (id) => {
      const name = profileOf(directory, id)?.name
      return name === undefined ? id : `${name} (${id})`
    },
    obligation: (id) => obligation(id)?.name ?? id,
    stage: (id, stageId) => obligation(id)?.stages.find((stage) => stage.id === stageId)?.what ?? stageId,
  }
}
