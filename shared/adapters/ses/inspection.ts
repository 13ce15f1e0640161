import {
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  type SESv2Client,
} from '@aws-sdk/client-sesv2'
import type { MailAccountFacts, MailDestinationFacts, MailIdentityFacts } from '../../core/readiness/judge-mail.ts'
import type { MailInspection } from '../../ports/inspection.ts'
import { look, lookFor } from '../../ports/look.ts'

/** How SES stands. The client should ask more than once: all this is answered about once a second. */
export function mailInspection(client: SESv2Client): MailInspection {
  return {
    account: () => look('ses:GetAccount', () => account(client)),
    identity: (name) => lookFor('ses:GetEmailIdentity', () => identity(client, name)),
    configurationSet: (name) =>
      lookFor('ses:GetConfigurationSet', async () => {
        const answer = await client.send(new GetConfigurationSetCommand({ ConfigurationSetName: name }))
        return answer.SendingOptions?.SendingEnabled !== false
      }),
    eventDestinations: (configurationSet) =>
      lookFor('ses:GetConfigurationSetEventDestinations', () => eventDestinations(client, configurationSet)),
  }
}

async function account(client: SESv2Client): Promise<MailAccountFacts> {
  const { ProductionAccessEnabled, SendingEnabled, EnforcementStatus } = await client.send(new GetAccountCommand({}))
  return {
    isOutOfSandbox: ProductionAccessEnabled === true,
    isSending: SendingEnabled === true,
    enforcement: EnforcementStatus ?? 'unknown',
  }
}

async function identity(client: SESv2Client, name: string): Promise<MailIdentityFacts> {
  const answer = await client.send(new GetEmailIdentityCommand({ EmailIdentity: name }))
  const { SigningEnabled, Status } = answer.DkimAttributes ?? {}
  return {
    isVerified: answer.VerifiedForSendingStatus === true,
    isSigned: SigningEnabled === true && Status === 'SUCCESS',
  }
}

async function eventDestinations(client: SESv2Client, configurationSet: string): Promise<MailDestinationFacts[]> {
  const command = new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName: configurationSet })
  const { EventDestinations = [] } = await client.send(command)
  return EventDestinations.map(({ Enabled, EventBridgeDestination }) => ({
    isEnabled: Enabled === true,
    isEventBridge: EventBridgeDestination !== undefined,
  }))
}
