/** Where a resource is, as its ARN has it. */
interface Where {
  readonly partition: string
  readonly region: string
  readonly accountId: string
}

const inRegion =
  (service: string, before: string) =>
  ({ partition, region, accountId }: Where, id: string): string =>
    `arn:${partition}:${service}:${region}:${accountId}:${before}${id}`

/** ARNs of those whose id in Config is no ARN, but tells it. Source: Service Authorization Reference, "Resource types". */
const ARN_OF: ReadonlyMap<string, (where: Where, id: string) => string> = new Map([
  ['AwsS3Bucket', ({ partition }: Where, id: string) => `arn:${partition}:s3:::${id}`],
  ['AwsEc2Instance', inRegion('ec2', 'instance/')],
  ['AwsEc2InternetGateway', inRegion('ec2', 'internet-gateway/')],
  ['AwsEc2NetworkAcl', inRegion('ec2', 'network-acl/')],
  ['AwsEc2NetworkInterface', inRegion('ec2', 'network-interface/')],
  ['AwsEc2RouteTable', inRegion('ec2', 'route-table/')],
  ['AwsEc2SecurityGroup', inRegion('ec2', 'security-group/')],
  ['AwsEc2Subnet', inRegion('ec2', 'subnet/')],
  ['AwsEc2Volume', inRegion('ec2', 'volume/')],
  ['AwsEc2Vpc', inRegion('ec2', 'vpc/')],
  ['AwsDynamoDbTable', inRegion('dynamodb', 'table/')],
  ['AwsEcrRepository', inRegion('ecr', 'repository/')],
  ['AwsEfsFileSystem', inRegion('elasticfilesystem', 'file-system/')],
  ['AwsEksCluster', inRegion('eks', 'cluster/')],
  ['AwsElasticLoadBalancingLoadBalancer', inRegion('elasticloadbalancing', 'loadbalancer/')],
  ['AwsKmsKey', inRegion('kms', 'key/')],
  ['AwsLambdaFunction', inRegion('lambda', 'function:')],
  ['AwsRedshiftCluster', inRegion('redshift', 'cluster:')],
  // Config's id of a queue is its URL.
  ['AwsSqsQueue', (where: Where, id: string) => inRegion('sqs', '')(where, id.slice(id.lastIndexOf('/') + 1))],
])

/**
 * A resource's id as Security Hub has it, of what Config calls it: the ARN where the id is one or tells it,
 * `AWS::::Account:…` of the account itself; any other id stays.
 * @param type in ASFF's words, see `resourceTypeOf`.
 */
export function configResourceId({ type, id }: { type: string; id: string }, where: Where): string {
  if (id.startsWith('arn:')) return id
  if (type === 'AWS::::Account') return `AWS::::Account:${id}`
  return ARN_OF.get(type)?.(where, id) ?? id
}

/** What names the resource alone among all that a rule looks at. */
export function configResourceName({ type, id }: { type: string; id: string }): string {
  return /^arn:|^AWS::::Account:/.test(id) ? id : `${type}|${id}`
}
