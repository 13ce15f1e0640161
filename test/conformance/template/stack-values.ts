export const REGION = 'eu-central-1'
export const ACCOUNT = '123456789012'
export const MAIL_FROM = 'muster@example.com'
export const SMS_IDENTITY = `arn:aws:sms-voice:${REGION}:${ACCOUNT}:phone-number/phone-1`
export const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/boundary`

export const PSEUDO = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::URLSuffix': 'amazonaws.com',
}

/** By name; a parameter that is not here has its default. */
export type Parameters = Readonly<Record<string, string>>

/** Every channel and option opened. */
export const ALL_OPEN: Parameters = {
  MailFrom: MAIL_FROM,
  SmsIdentity: SMS_IDENTITY,
  PublicUrl: 'https://muster.example.com',
  OidcIssuer: 'https://login.example.com',
  OidcAudience: 'muster',
  AlarmMailAddress: 'security@example.com',
  PermissionsBoundary: BOUNDARY,
  ReserveExecutions: 'true',
}
