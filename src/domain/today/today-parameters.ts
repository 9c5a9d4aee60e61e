import type { Parameters, ParametersParameter } from '@medplum/fhirtypes'
import { type NumberPlace, numbersOf } from '#domain/decimal/digits.ts'
import type { PriorityBand, TodayItem } from './today.ts'

/** Who an item is about, in the words of the record. */
export type TodayPerson = Readonly<{
  id: string
  family: string
  given: string
  birthDate?: string
  stretch: PriorityBand
}>

export type Today = Readonly<{
  people: readonly TodayPerson[]
  items: readonly TodayItem[]
  /** people with a plan that is being looked after */
  plans: number
  /** needs that nobody can meet yet */
  unmet: number
  /** people in reach who are on no caseload of the caller, but whom an item is about */
  others?: readonly Omit<TodayPerson, 'stretch'>[]
}>

const text = (name: string, value: string | undefined): ParametersParameter[] =>
  value ? [{ name, valueString: value }] : []

export function todayToParameters(today: Today): Parameters {
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: 'plans', valueInteger: today.plans },
      { name: 'unmet', valueInteger: today.unmet },
      ...today.people.map((person) => ({
        name: 'person',
        part: [{ name: 'stretch', valueCode: person.stretch }, ...whoParts(person)],
      })),
      ...(today.others ?? []).map((person) => ({ name: 'other', part: whoParts(person) })),
      ...today.items.map((item) => ({ name: 'item', part: itemParts(item) })),
    ],
  }
}

const whoParts = (person: Omit<TodayPerson, 'stretch'>): ParametersParameter[] => [
  { name: 'who', valueReference: { reference: `Patient/${person.id}` } },
  ...text('family', person.family),
  ...text('given', person.given),
  ...text('birthDate', person.birthDate),
]

function itemParts(item: TodayItem): ParametersParameter[] {
  return [
    { name: 'kind', valueCode: item.kind },
    { name: 'who', valueReference: { reference: `Patient/${item.person}` } },
    { name: 'about', valueReference: { reference: item.reference } },
    ...text('due', item.due),
    ...text('text', item.text),
    ...text('detail', item.detail),
    ...(item.owner
      ? [
          {
            name: 'owner',
            valueReference: { reference: item.owner.reference, display: item.owner.name },
          },
        ]
      : []),
    ...(item.reading ? [{ name: 'reading', part: readingParts(item.reading) }] : []),
  ]
}

const limitFields = ['low', 'high', 'riseOver', 'riseDays'] as const

/** A number with its digits, as a parameter of the same name or another. */
const number = (name: string, ...place: NumberPlace): ParametersParameter[] => {
  const value = numbersOf({ valueDecimal: place })
  return value.valueDecimal === undefined ? [] : [{ name, ...value }]
}

function readingParts(reading: NonNullable<TodayItem['reading']>): ParametersParameter[] {
  return [
    { name: 'kind', valueCode: reading.kind },
    ...number('rise', reading, 'rise'),
    ...limitFields.flatMap((field) => number(field, reading.limit, field)),
    ...text('limitSince', reading.limit.since),
    ...reading.points.map((point) => pointPart('point', point)),
    ...(reading.alerts ?? []).map((id) => ({ name: 'alert', valueId: id })),
    ...(reading.worst ? [pointPart('worst', reading.worst)] : []),
    ...(reading.latest ? [pointPart('latest', reading.latest)] : []),
  ]
}

type Point = NonNullable<TodayItem['reading']>['points'][number]

const pointPart = (name: string, point: Point): ParametersParameter => ({
  name,
  part: [{ name: 'at', valueDateTime: point.at }, ...number('value', point, 'value')],
})

type Parts = readonly ParametersParameter[] | undefined
const part = (parts: Parts, name: string) => parts?.find((each) => each.name === name)
const words = (parts: Parts, name: string) => part(parts, name)?.valueString
const whoIn = (parts: Parts) => part(parts, 'who')?.valueReference?.reference?.split('/')[1] ?? ''

export function todayFromParameters({ parameter = [] }: Parameters): Today {
  const all = (name: string) => parameter.filter((each) => each.name === name)
  const others = all('other').map(({ part: parts }) => whoFrom(parts))
  return {
    plans: part(parameter, 'plans')?.valueInteger ?? 0,
    unmet: part(parameter, 'unmet')?.valueInteger ?? 0,
    people: all('person').map(({ part: parts }) => ({
      stretch: (part(parts, 'stretch')?.valueCode ?? 'steady') as PriorityBand,
      ...whoFrom(parts),
    })),
    ...(others.length > 0 ? { others } : {}),
    items: all('item').map(({ part: parts }) => itemFrom(parts)),
  }
}

const whoFrom = (parts: Parts): Omit<TodayPerson, 'stretch'> => ({
  id: whoIn(parts),
  ...{ family: words(parts, 'family') ?? '', given: words(parts, 'given') ?? '' },
  ...optional('birthDate', words(parts, 'birthDate')),
})

const optional = <K extends string, V>(name: K, value: V | undefined) =>
  (value === undefined ? {} : { [name]: value }) as Partial<Record<K, V>>

function itemFrom(parts: Parts): TodayItem {
  const owner = part(parts, 'owner')?.valueReference
  const reading = part(parts, 'reading')
  return {
    kind: part(parts, 'kind')?.valueCode as TodayItem['kind'],
    person: whoIn(parts),
    reference: part(parts, 'about')?.valueReference?.reference ?? '',
    ...{ due: words(parts, 'due') ?? '', text: words(parts, 'text') ?? '' },
    ...optional('detail', words(parts, 'detail')),
    ...(owner ? { owner: { reference: owner.reference ?? '', name: owner.display ?? '' } } : {}),
    ...(reading ? { reading: readingFrom(reading.part) } : {}),
  }
}

function readingFrom(parts: Parts): NonNullable<TodayItem['reading']> {
  const kind = part(parts, 'kind')?.valueCode as NonNullable<TodayItem['reading']>['kind']
  const decimal = (name: string): NumberPlace => [part(parts, name), 'valueDecimal']
  const limits = Object.fromEntries(limitFields.map((name) => [name, decimal(name)]))
  const all = (name: string) => (parts ?? []).filter((each) => each.name === name)
  return {
    kind,
    limit: { kind, ...numbersOf(limits), ...optional('since', words(parts, 'limitSince')) },
    ...numbersOf({ rise: decimal('rise') }),
    points: all('point').map(pointFrom),
    alerts: all('alert').map((each) => each.valueId ?? ''),
    ...optional('worst', all('worst').map(pointFrom)[0]),
    ...optional('latest', all('latest').map(pointFrom)[0]),
  }
}

const pointFrom = ({ part: parts }: ParametersParameter): Point => ({
  ...{ at: part(parts, 'at')?.valueDateTime ?? '', value: 0 },
  ...numbersOf({ value: [part(parts, 'value'), 'valueDecimal'] }),
})
