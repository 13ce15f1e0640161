import type { DeployedAccount } from '../../shared/ports/deployed-account.ts'
import type { Terminal } from './terminal.ts'

/** What the verbs ask for that look after a Muster deployed on AWS. */
export const STACK_ARGS = {
  stack: { type: 'string', required: true, description: 'the CloudFormation stack, e.g. muster-prod' },
  region: { type: 'string', description: 'its region, if not that of AWS_REGION or the profile' },
} as const

/** The account in that region; null when there is none, which has been said. */
export async function accountFor(region: string | undefined, terminal: Terminal): Promise<DeployedAccount | null> {
  const account = await terminal.account(region)
  if (account === null) terminal.complain('expected --region, AWS_REGION, or a region in the profile')
  return account
}
