import type { AwsRequest } from './aws-request.ts'
import type { ServiceModel } from './model.ts'

// Models as botocore writes them, small enough to see what a request must be.

/** AWS JSON 1.0. */
export const QUEUES: ServiceModel = {
  name: 'queues',
  metadata: {
    apiVersion: '2020-01-01',
    endpointPrefix: 'queues',
    protocol: 'json',
    protocols: ['json'],
    jsonVersion: '1.0',
    targetPrefix: 'SmallQueues',
  },
  operations: {
    Send: {
      name: 'Send',
      http: { method: 'POST', requestUri: '/' },
      input: { shape: 'SendRequest' },
      output: { shape: 'SendResult' },
      errors: [{ shape: 'QueueGone' }, { shape: 'RequestThrottled' }],
    },
    Ping: { name: 'Ping', http: { method: 'POST', requestUri: '/' } },
  },
  shapes: {
    SendRequest: {
      type: 'structure',
      required: ['Queue'],
      members: {
        Queue: { shape: 'Name' },
        Text: { shape: 'Text' },
        Delay: { shape: 'Delay' },
        Size: { shape: 'Long' },
        Ratio: { shape: 'Double' },
        Urgent: { shape: 'Boolean' },
        Bytes: { shape: 'Bytes' },
        SentAt: { shape: 'Instant' },
        WrittenAt: { shape: 'IsoInstant' },
        Kind: { shape: 'Kind' },
        Tags: { shape: 'Tags' },
        Marks: { shape: 'Marks' },
        Value: { shape: 'OneValue' },
        Anything: { shape: 'Anything' },
        Odd: { shape: 'Odd' },
      },
    },
    SendResult: {
      type: 'structure',
      required: ['Accepted', 'Failed', 'By'],
      members: {
        MessageId: { shape: 'Text' },
        Accepted: { shape: 'Delay' },
        Failed: { shape: 'Marks' },
        By: { shape: 'Mark' },
        Note: { shape: 'Text' },
      },
    },
    QueueGone: { type: 'structure' },
    RequestThrottled: { type: 'structure', error: { httpStatusCode: 429 } },
    Name: { type: 'string', min: 1, max: 8, pattern: '[a-z\\_]+' },
    Text: { type: 'string' },
    Delay: { type: 'integer', min: 1, max: 900 },
    Long: { type: 'long' },
    Double: { type: 'double' },
    Boolean: { type: 'boolean' },
    Bytes: { type: 'blob', max: 4 },
    Instant: { type: 'timestamp' },
    IsoInstant: { type: 'timestamp', timestampFormat: 'iso8601' },
    Kind: { type: 'string', enum: ['page', 'notice'] },
    Tags: { type: 'map', key: { shape: 'Name' }, value: { shape: 'Text' }, max: 2 },
    Marks: { type: 'list', member: { shape: 'Mark' }, min: 1, max: 3 },
    Mark: { type: 'structure', required: ['Label'], members: { Label: { shape: 'Text', locationName: 'label' } } },
    OneValue: { type: 'structure', union: true, members: { S: { shape: 'Text' }, N: { shape: 'Long' } } },
    Anything: { type: 'structure', document: true, members: {} },
    Odd: { type: 'string', pattern: '[a&&[b]]' },
  },
}

/** JSON over REST. */
export const LETTERS: ServiceModel = {
  name: 'letters',
  metadata: { apiVersion: '2020-01-01', endpointPrefix: 'mail', signingName: 'post', protocol: 'rest-json' },
  operations: {
    SendLetter: {
      name: 'SendLetter',
      http: { method: 'POST', requestUri: '/v1/boxes/{Box}/letters', responseCode: 202 },
      input: { shape: 'SendLetterRequest' },
      output: { shape: 'SendLetterResult' },
    },
    ListLetters: {
      name: 'ListLetters',
      http: { method: 'GET', requestUri: '/v1/boxes/{Box}/letters' },
      input: { shape: 'ListLettersRequest' },
    },
    ListOpened: {
      name: 'ListOpened',
      http: { method: 'GET', requestUri: '/v1/boxes/{Box}/letters?state=opened' },
      input: { shape: 'ListLettersRequest' },
    },
    GetLetter: {
      name: 'GetLetter',
      http: { method: 'GET', requestUri: '/v1/boxes/{Box}/letters/latest' },
      input: { shape: 'BoxRequest' },
    },
    PutFile: {
      name: 'PutFile',
      http: { method: 'PUT', requestUri: '/v1/files/{Path+}' },
      input: { shape: 'PutFileRequest' },
    },
    Search: { name: 'Search', http: { method: 'GET', requestUri: '/v1/search' }, input: { shape: 'SearchRequest' } },
  },
  shapes: {
    SendLetterRequest: {
      type: 'structure',
      required: ['Box', 'Subject'],
      members: {
        Box: { shape: 'Box', location: 'uri', locationName: 'Box' },
        Token: { shape: 'Text', location: 'header', locationName: 'X-Token' },
        Subject: { shape: 'Text', locationName: 'subject' },
      },
    },
    SendLetterResult: { type: 'structure', members: { LetterId: { shape: 'Text', locationName: 'letterId' } } },
    ListLettersRequest: {
      type: 'structure',
      required: ['Box'],
      members: {
        Box: { shape: 'Box', location: 'uri', locationName: 'Box' },
        PageSize: { shape: 'PageSize', location: 'querystring', locationName: 'pageSize' },
        Senders: { shape: 'Texts', location: 'querystring', locationName: 'sender' },
        Since: { shape: 'Instant', location: 'querystring', locationName: 'since' },
        Opened: { shape: 'Boolean', location: 'querystring', locationName: 'opened' },
        ReadAt: { shape: 'Instant', location: 'header', locationName: 'If-Read-Since' },
      },
    },
    BoxRequest: { type: 'structure', members: { Box: { shape: 'Box', location: 'uri', locationName: 'Box' } } },
    PutFileRequest: {
      type: 'structure',
      required: ['Path', 'Content'],
      payload: 'Content',
      members: {
        Path: { shape: 'Text', location: 'uri', locationName: 'Path' },
        Notes: { shape: 'Notes', location: 'headers', locationName: 'x-note-' },
        Content: { shape: 'Content' },
      },
    },
    SearchRequest: {
      type: 'structure',
      members: { Filters: { shape: 'Notes', location: 'querystring' } },
    },
    Box: { type: 'string', pattern: '^[a-z ]+$' },
    Text: { type: 'string' },
    Texts: { type: 'list', member: { shape: 'Text' }, max: 2 },
    PageSize: { type: 'integer', max: 100 },
    Instant: { type: 'timestamp' },
    Boolean: { type: 'boolean' },
    Notes: { type: 'map', key: { shape: 'Text' }, value: { shape: 'Text' }, max: 2 },
    Content: { type: 'blob', max: 8 },
  },
}

/** Forms. */
export const TOPICS: ServiceModel = {
  name: 'topics',
  metadata: {
    apiVersion: '2010-03-31',
    endpointPrefix: 'topics',
    protocol: 'query',
    xmlNamespace: 'http://topics.example.com/',
  },
  operations: {
    Publish: {
      name: 'Publish',
      http: { method: 'POST', requestUri: '/' },
      input: { shape: 'PublishInput' },
      output: { shape: 'PublishResponse', resultWrapper: 'PublishResult' },
    },
  },
  shapes: {
    PublishInput: {
      type: 'structure',
      required: ['Message'],
      members: {
        Message: { shape: 'Text' },
        Priority: { shape: 'Priority' },
        At: { shape: 'Instant' },
        Attributes: { shape: 'Attributes' },
        Flat: { shape: 'FlatAttributes' },
        Tags: { shape: 'Tags' },
        Plain: { shape: 'Plain' },
      },
    },
    PublishResponse: { type: 'structure', members: { MessageId: { shape: 'Text' } } },
    Text: { type: 'string' },
    Priority: { type: 'integer', max: 5 },
    Instant: { type: 'timestamp' },
    Attributes: {
      type: 'map',
      key: { shape: 'Text', locationName: 'Name' },
      value: { shape: 'Tag', locationName: 'Value' },
    },
    FlatAttributes: { type: 'map', key: { shape: 'Text' }, value: { shape: 'Text' }, flattened: true },
    Tags: { type: 'list', member: { shape: 'Tag' }, max: 2 },
    Tag: { type: 'structure', required: ['Key'], members: { Key: { shape: 'Text' }, Value: { shape: 'Text' } } },
    Plain: { type: 'list', member: { shape: 'Text', locationName: 'PlainText' }, flattened: true },
  },
}

/** A request as the recording endpoint keeps it. */
export function awsRequest(request: Partial<Omit<AwsRequest, 'body'>> & { readonly body?: unknown }): AwsRequest {
  const { body = '' } = request
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { method: 'POST', path: '/', headers: {}, ...request, body: new TextEncoder().encode(text) }
}

/** A request to an operation of `QUEUES`. */
export function queuesRequest(body: unknown, operation = 'Send'): AwsRequest {
  const headers = { 'x-amz-target': `SmallQueues.${operation}`, 'content-type': 'application/x-amz-json-1.0' }
  return awsRequest({ headers, body })
}

/** A form for `TOPICS`. */
export function topicsRequest(members: Readonly<Record<string, string>>): AwsRequest {
  const body = new URLSearchParams({ Action: 'Publish', Version: '2010-03-31', ...members }).toString()
  return awsRequest({ headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, body })
}
