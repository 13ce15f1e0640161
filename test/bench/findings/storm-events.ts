import { ACCOUNT } from '../cost/sample-organisation.ts'

/** One finding of a storm. Who acts makes the group; the rest is alike. */
export interface StormFinding {
  readonly id: string
  readonly user: string
  /** How often the provider has seen it, with the instant of its last change. */
  readonly count: number
  readonly updatedAt: string
}

export const REGION = 'eu-central-1'
export const TYPE = 'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS'
/** Of GuardDuty's scale: CRITICAL, which pages all seats. */
const SEVERITY = 9
export const TITLE =
  'Credentials of a role were used from an external address, and many more calls than ever were made.'

/** EventBridge's event of a GuardDuty finding, about 5 KB of text: as long as those with profiles of behaviour are. */
export function eventOf(finding: StormFinding): object {
  const { id, updatedAt } = finding
  return {
    version: '0',
    id: `${id.slice(0, 8)}-0000-4000-8000-${id.slice(-12)}`,
    'detail-type': 'GuardDuty Finding',
    source: 'aws.guardduty',
    account: ACCOUNT,
    time: updatedAt,
    region: REGION,
    resources: [],
    detail: detailOf(finding),
  }
}

function detailOf({ id, user, count, updatedAt }: StormFinding): object {
  const detector = `arn:aws:guardduty:${REGION}:${ACCOUNT}:detector/d0c0ffee00000000000000000000beef`
  return {
    schemaVersion: '2.0',
    accountId: ACCOUNT,
    region: REGION,
    partition: 'aws',
    id,
    arn: `${detector}/finding/${id}`,
    type: TYPE,
    severity: SEVERITY,
    resource: resourceOf(user),
    service: { ...SERVICE, count, eventFirstSeen: updatedAt, eventLastSeen: updatedAt },
    createdAt: updatedAt,
    updatedAt,
    title: TITLE,
    description: `${TITLE} The calls came from addresses that this account has not seen in the last ninety days.`,
  }
}

function resourceOf(user: string): object {
  const accessKeyDetails = {
    accessKeyId: 'ASIAEXAMPLEEXAMPLE01',
    principalId: `AROAEXAMPLEEXAMPLE01:${user}`,
    userType: 'AssumedRole',
    userName: user,
  }
  return { resourceType: 'AccessKey', accessKeyDetails, instanceDetails: INSTANCE }
}

const INSTANCE = {
  instanceId: 'i-0a1b2c3d4e5f60718',
  instanceType: 'm7g.large',
  launchTime: '2027-02-11T07:14:55Z',
  platform: null,
  productCodes: [],
  iamInstanceProfile: {
    arn: `arn:aws:iam::${ACCOUNT}:instance-profile/payments-api`,
    id: 'AIPAEXAMPLEEXAMPLE01',
  },
  networkInterfaces: [
    {
      ipv6Addresses: [],
      networkInterfaceId: 'eni-0a1b2c3d4e5f60718',
      privateDnsName: 'ip-10-0-3-17.eu-central-1.compute.internal',
      privateIpAddress: '10.0.3.17',
      privateIpAddresses: [
        { privateDnsName: 'ip-10-0-3-17.eu-central-1.compute.internal', privateIpAddress: '10.0.3.17' },
      ],
      publicDnsName: 'ec2-203-0-113-17.eu-central-1.compute.amazonaws.com',
      publicIp: '203.0.113.17',
      securityGroups: [{ groupName: 'payments-api', groupId: 'sg-0a1b2c3d4e5f60718' }],
      subnetId: 'subnet-0a1b2c3d4e5f60718',
      vpcId: 'vpc-0a1b2c3d4e5f60718',
    },
  ],
  tags: [
    { key: 'Name', value: 'payments-api-eu-3' },
    { key: 'team', value: 'payments' },
    { key: 'environment', value: 'production' },
  ],
  instanceState: 'running',
  availabilityZone: 'eu-central-1b',
  imageId: 'ami-0a1b2c3d4e5f60718',
  imageDescription: 'Hardened image of the payments team, built from the base image of the platform team',
}

/** What is unusual about the calls, as GuardDuty's profiles of behaviour tell it: most of such an event's length. */
const SERVICE = {
  serviceName: 'guardduty',
  detectorId: 'd0c0ffee00000000000000000000beef',
  resourceRole: 'TARGET',
  archived: false,
  action: {
    actionType: 'AWS_API_CALL',
    awsApiCallAction: {
      api: 'GetObject',
      serviceName: 's3.amazonaws.com',
      callerType: 'Remote IP',
      userAgent:
        'aws-cli/2.31.4 md/awscrt#0.27.6 ua/2.1 os/linux#6.8.0 md/arch#x86_64 lang/python#3.13.7 cfg/retry-mode#standard',
      remoteIpDetails: {
        ipAddressV4: '198.51.100.23',
        organization: { asn: '64496', asnOrg: 'Example Networks', isp: 'Example Networks', org: 'Example Hosting' },
        country: { countryName: 'Example' },
        city: { cityName: 'Exampleville' },
        geoLocation: { lat: 50.1109, lon: 8.6821 },
      },
      affectedResources: {
        'AWS::S3::Bucket': 'arn:aws:s3:::example-payments-exports',
        'AWS::KMS::Key': `arn:aws:kms:${REGION}:${ACCOUNT}:key/0a1b2c3d-4e5f-4607-8180-0a1b2c3d4e5f`,
      },
    },
  },
  additionalInfo: {
    userAgent: { fullUserAgent: 'aws-cli/2.31.4 os/linux#6.8.0', userAgentCategory: 'AWS CLI' },
    anomalies: { anomalousAPIs: 'GetObject, ListBuckets, GetBucketPolicy, ListObjectsV2, Decrypt, GetCallerIdentity' },
    profiledBehavior: {
      frequentProfiledAPIsAccountProfiling:
        'AssumeRole, Decrypt, DescribeInstances, GenerateDataKey, GetObject, PutObject, Query',
      infrequentProfiledAPIsAccountProfiling:
        'BatchWriteItem, GetBucketLocation, GetSecretValue, ListRoles, UpdateItem',
      rareProfiledAPIsAccountProfiling: 'CreateGrant, GetBucketPolicy, PutBucketAcl',
      frequentProfiledAPIsUserIdentityProfiling: 'Decrypt, GetSecretValue, Query, UpdateItem',
      rareProfiledAPIsUserIdentityProfiling: 'ListBuckets',
      frequentProfiledASNsAccountProfiling:
        'asnNumber: 64497 asnOrg: Example Cloud, asnNumber: 64498 asnOrg: Example Office',
      infrequentProfiledASNsAccountProfiling: 'asnNumber: 64499 asnOrg: Example Mobile',
      frequentProfiledUserTypesAccountProfiling: 'ASSUMED_ROLE, AWS_SERVICE',
      rareProfiledUserTypesAccountProfiling: 'IAM_USER',
      frequentProfiledUserNamesAccountProfiling: 'payments-api, payments-batch, deploy, backup, monitoring',
      frequentProfiledBucketsAccountProfiling: 'example-payments-exports, example-payments-logs, example-static',
      numberOfHistoricalDailyAvgAPIsBucketUserIdentityProfiling: '5.4285',
      numberOfHistoricalDailyMaxAPIsBucketUserIdentityProfiling: '21.0',
    },
    unusualBehavior: {
      unusualASNsAccountProfiling: 'asnNumber: 64496 asnOrg: Example Networks',
      unusualUserAgentsUserIdentityProfiling: 'aws-cli',
      isUnusualUserIdentity: 'false',
      unusualAPIsAccountProfiling: 'GetBucketPolicy, ListObjectsV2',
      numberOfPast24HoursAPIsBucketUserIdentityProfiling: '4211.0',
    },
    value: '{"unusual":{"hoursOfDay":[1,2,3],"userAgents":["aws-cli"]},"confidence":"high","sample":false}',
    type: 'default',
  },
}
