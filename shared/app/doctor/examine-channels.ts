import { deployedChannels, physicalIdOf } from '../../core/readiness/deployed-stack.ts'
import { judgeChannels } from '../../core/readiness/judge-directory.ts'
import {
  judgeMailAccount,
  judgeMailConfigurationSet,
  judgeSender,
  senderIdentities,
} from '../../core/readiness/judge-mail.ts'
import { judgeOrigination, judgeSmsLimit, judgeSmsTier } from '../../core/readiness/judge-sms.ts'
import { judged, ok, strayed, type Verdict } from '../../core/readiness/verdict.ts'
import type { Deployment } from './deployment.ts'

/** Whether any channel is deployed, and how those stand that are. */
export async function examineChannels(deployment: Deployment): Promise<Verdict[]> {
  const kinds = deployedChannels(deployment.resources)
  return [
    judgeChannels(kinds),
    ...(kinds.includes('email') ? await examineMail(deployment) : []),
    ...(kinds.includes('sms') ? await examineSms(deployment) : []),
  ]
}

async function examineMail({ account, stack, resources }: Deployment): Promise<Verdict[]> {
  const { mail } = account.inspection
  const [state, sender] = [judgeMailAccount(await mail.account()), 'sender of e-mails']
  const identities = stack.status === 'seen' ? senderIdentities(stack.fact.parameters.MailFrom ?? '') : []
  const looks = []
  // One after the other: SES answers about one such question a second.
  for (const identity of identities) looks.push(await mail.identity(identity))
  const set = physicalIdOf(resources, 'MailConfigurationSet')
  return [
    ...state,
    ...(stack.status === 'seen' ? judgeSender(looks) : [judged(sender, stack, () => ok(sender))]),
    ...(set === null
      ? [strayed('configuration set of e-mails: not in the stack')]
      : judgeMailConfigurationSet(await mail.configurationSet(set), await mail.eventDestinations(set))),
  ]
}

async function examineSms({ account, stack, resources }: Deployment): Promise<Verdict[]> {
  const { sms } = account.inspection
  const origination = stack.status === 'seen' ? await sms.origination(stack.fact.parameters.SmsIdentity ?? '') : stack
  return [
    ...judgeOrigination(origination, physicalIdOf(resources, 'TextMessagesTopic')),
    judgeSmsTier(await sms.tier()),
    judgeSmsLimit(await sms.monthlyLimit()),
  ]
}
