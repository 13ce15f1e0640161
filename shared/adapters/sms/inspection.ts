import {
  DescribeAccountAttributesCommand,
  DescribeSpendLimitsCommand,
  type PinpointSMSVoiceV2Client,
} from '@aws-sdk/client-pinpoint-sms-voice-v2'
import type { SmsInspection } from '../../ports/inspection.ts'
import { look } from '../../ports/look.ts'
import { describeOrigination } from './origination.ts'

/** How End User Messaging stands. */
export function smsInspection(client: PinpointSMSVoiceV2Client): SmsInspection {
  return {
    origination: (identity) => describeOrigination(client, identity),
    tier: () =>
      look('sms-voice:DescribeAccountAttributes', async () => {
        const { AccountAttributes = [] } = await client.send(new DescribeAccountAttributesCommand({}))
        return AccountAttributes.find(({ Name }) => Name === 'ACCOUNT_TIER')?.Value ?? null
      }),
    monthlyLimit: () =>
      look('sms-voice:DescribeSpendLimits', async () => {
        const { SpendLimits = [] } = await client.send(new DescribeSpendLimitsCommand({}))
        return SpendLimits.find(({ Name }) => Name === 'TEXT_MESSAGE_MONTHLY_SPEND_LIMIT')?.EnforcedLimit ?? null
      }),
  }
}
