import {
  DescribePhoneNumbersCommand,
  DescribePoolsCommand,
  DescribeSenderIdsCommand,
  type PinpointSMSVoiceV2Client,
} from '@aws-sdk/client-pinpoint-sms-voice-v2'
import type { OriginationFacts } from '../../core/readiness/judge-sms.ts'
import type { Looked } from '../../core/readiness/looked.ts'
import { lookFor } from '../../ports/look.ts'

/** `arn:aws:sms-voice:region:account:pool/id`, or `sender-id/name/country`. */
const IDENTITY = /:(phone-number|pool|sender-id)\/([^/]+)(?:\/([A-Z]{2}))?$/

/** What texts are sent from, by its ARN; null when there is no such thing, or the ARN is of something else. */
export async function describeOrigination(
  client: PinpointSMSVoiceV2Client,
  arn: string,
): Promise<Looked<OriginationFacts | null>> {
  const [, kind, id = '', country = ''] = IDENTITY.exec(arn) ?? []
  if (kind === 'phone-number') return lookFor('sms-voice:DescribePhoneNumbers', () => phoneNumber(client, id))
  if (kind === 'pool') return lookFor('sms-voice:DescribePools', () => pool(client, id))
  if (kind === 'sender-id') return lookFor('sms-voice:DescribeSenderIds', () => senderId(client, id, country))
  return { status: 'seen', fact: null }
}

async function phoneNumber(client: PinpointSMSVoiceV2Client, id: string): Promise<OriginationFacts | null> {
  const { PhoneNumbers = [] } = await client.send(new DescribePhoneNumbersCommand({ PhoneNumberIds: [id] }))
  const [found] = PhoneNumbers
  if (!found) return null
  const canText = found.NumberCapabilities?.includes('SMS') ?? false
  return { kind: 'phone-number', isActive: found.Status === 'ACTIVE' && canText, twoWayTopicArn: twoWay(found) }
}

async function pool(client: PinpointSMSVoiceV2Client, id: string): Promise<OriginationFacts | null> {
  const { Pools = [] } = await client.send(new DescribePoolsCommand({ PoolIds: [id] }))
  const [found] = Pools
  return found ? { kind: 'pool', isActive: found.Status === 'ACTIVE', twoWayTopicArn: twoWay(found) } : null
}

async function senderId(
  client: PinpointSMSVoiceV2Client,
  id: string,
  country: string,
): Promise<OriginationFacts | null> {
  const SenderIds = [{ SenderId: id, IsoCountryCode: country }]
  const answer = await client.send(new DescribeSenderIdsCommand({ SenderIds }))
  return answer.SenderIds?.[0] ? { kind: 'sender-id', isActive: true, twoWayTopicArn: null } : null
}

function twoWay(found: { TwoWayEnabled: boolean | undefined; TwoWayChannelArn?: string | undefined }): string | null {
  return found.TwoWayEnabled === true ? (found.TwoWayChannelArn ?? null) : null
}
