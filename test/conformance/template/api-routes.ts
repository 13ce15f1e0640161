import { resolvedProperties } from './resolve-stack.ts'
import { ALL_OPEN } from './stack-values.ts'
import { type Check, faultIf, resourcesOf } from './template.ts'

/** Pages behind links in messages: who has the link is let in, and the link is signed. */
const OPEN = ['GET /a/{token}', 'HEAD /a/{token}', 'POST /a/{token}']
const WITHOUT_ISSUER = { ...ALL_OPEN, OidcIssuer: '' }
/** Other ways to reach a function from outside. */
const OTHER_DOORS = ['AWS::Lambda::Url', 'AWS::ApiGateway::RestApi', 'AWS::ElasticLoadBalancingV2::LoadBalancer']

/** Every route but the pages behind links asks for a token where there is an issuer, else for a signature by IAM. */
export const routeFaults: Check = (template) =>
  resourcesOf(template, 'AWS::ApiGatewayV2::Route').flatMap(({ id, property }) => {
    if (OPEN.includes(String(property('RouteKey')))) return []
    const { AuthorizationType: withIssuer, AuthorizerId: authorizer } = resolvedProperties(template, id)
    const { AuthorizationType: without } = resolvedProperties(template, id, WITHOUT_ISSUER)
    return [
      ...faultIf(withIssuer !== 'JWT' || authorizer !== 'JwtAuthorizer', `${id}: asks for ${withIssuer}, not a token`),
      ...faultIf(without !== 'AWS_IAM', `${id}: asks for ${without}, not a signature`),
    ]
  })

/** Tokens are of the issuer and for the audience that were given, and come where everybody sends them. */
export const authorizerFaults: Check = (template) =>
  resourcesOf(template, 'AWS::ApiGatewayV2::Authorizer').flatMap(({ id }) => {
    const { AuthorizerType: type, IdentitySource: source, JwtConfiguration: jwt } = resolvedProperties(template, id)
    const wanted = { Issuer: ALL_OPEN.OidcIssuer, Audience: [ALL_OPEN.OidcAudience] }
    return [
      ...faultIf(type !== 'JWT' || JSON.stringify(jwt) !== JSON.stringify(wanted), `${id}: takes other tokens`),
      ...faultIf(String(source) !== '$request.header.Authorization', `${id}: looks for tokens in ${source}`),
    ]
  })

/** The API is the only door, every path of it leads through a route, and nobody may ask without end. */
export const doorFaults: Check = (template) => {
  const routes = resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(({ property }) => String(property('RouteKey')))
  return [
    ...resourcesOf(template, ...OTHER_DOORS).map(({ id, type }) => `${id}: is a door beside the API: ${type}`),
    ...['$default', ...OPEN].flatMap((key) => faultIf(!routes.includes(key), `there is no route ${key}`)),
    ...resourcesOf(template, 'AWS::ApiGatewayV2::Api').flatMap(({ id, property }) =>
      faultIf(property('CorsConfiguration') !== undefined, `${id}: lets other sites ask`),
    ),
    ...resourcesOf(template, 'AWS::ApiGatewayV2::Stage').flatMap(({ id, property }) =>
      faultIf(!(Number(property('DefaultRouteSettings', 'ThrottlingRateLimit')) > 0), `${id}: has no limit`),
    ),
  ]
}
