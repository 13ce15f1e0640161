import { literalNames } from './literal-names.ts'
import { type Check, faultIf, listOf, partOfOnly, type Resource, referenced, resourcesOf } from './template.ts'

const TOPIC = 'AlarmTopic'
const OF_EACH_FUNCTION = ['Errors', 'Throttles']

const ALARM_NAMES = literalNames('shared/ports/alarms.ts', 'AlarmName')
const GAUGE_NAMES = ['SecondsName', 'CountName'].flatMap((type) => literalNames('shared/ports/gauges.ts', type))

/** Whoever is to hear of alarms hears of each, when it rings and when it is over. */
export const alarmActionFaults: Check = (template) =>
  resourcesOf(template, 'AWS::CloudWatch::Alarm').flatMap(({ id, property }) => [
    ...['AlarmActions', 'OKActions'].flatMap((kind) =>
      faultIf(listOf(property(kind)).map(referenced).join() !== TOPIC, `${id}: ${kind} do not go to ${TOPIC}`),
    ),
    ...faultIf(property('ActionsEnabled') === false, `${id}: rings silently`),
  ])

/** Each function has an alarm for what fails and one for what was held back, there whenever the function is. */
export const functionAlarmFaults: Check = (template) => {
  const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm')
  return resourcesOf(template, 'AWS::Lambda::Function').flatMap((lambda) =>
    OF_EACH_FUNCTION.flatMap((metric) => {
      const found = alarms.filter((alarm) => watches(alarm, metric, lambda))
      return faultIf(found.length !== 1, `${lambda.id}: ${found.length} alarms watch its ${metric.toLowerCase()}`)
    }),
  )
}

function watches({ condition, property }: Resource, metric: string, lambda: Resource): boolean {
  const isMetric = property('Namespace') === 'AWS/Lambda' && property('MetricName') === metric
  const isNamed = partOfOnly(property('Dimensions'), 'Name') === 'FunctionName'
  const watched = referenced(partOfOnly(property('Dimensions'), 'Value'))
  return isMetric && isNamed && watched === lambda.id && condition === lambda.condition
}

/** What Muster says of itself is heard: each alarm's name has one that watches it, as it is written. */
export const ownAlarmFaults: Check = (template) => {
  const own = resourcesOf(template, 'AWS::CloudWatch::Alarm').filter(
    ({ property }) => property('Namespace') === 'Muster',
  )
  const watched = own.map(({ property }) => String(property('MetricName')))
  return [
    ...ALARM_NAMES.flatMap((name) => faultIf(!watched.includes(name), `no alarm watches ${name}`)),
    ...own.flatMap(({ id, property }, index) => {
      const isKnown = [...ALARM_NAMES, ...GAUGE_NAMES].includes(watched[index] ?? '')
      const [name, value] = ['Name', 'Value'].map((key) => partOfOnly(property('Dimensions'), key))
      const isWritten = name === 'service' && value === 'muster'
      return [
        ...faultIf(!isKnown, `${id}: nobody writes ${watched[index]}`),
        ...faultIf(!isWritten, `${id}: watches dimensions that nobody writes`),
      ]
    }),
  ]
}
