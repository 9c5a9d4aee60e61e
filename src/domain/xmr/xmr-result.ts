import {
  as,
  boolean,
  decimal,
  group,
  integer,
  list,
  must,
  oneOf,
  optional,
  ParameterFault,
  type ParameterField,
  parameters,
  text,
  wordOf,
} from '#domain/fhir/parameters.ts'
import {
  type ImprovementDirection,
  improvementDirections,
  type XmrAssurance,
  type XmrKind,
} from './xmr.ts'
import type { XmrValue } from './xmr-limits.ts'
import type { XmrRule, XmrSide } from './xmr-rules.ts'

const gapCode = 'not-shown'

/** Nothing is left out in silence: a value that is no number is refused. */
const xmrValue: ParameterField<XmrValue> = {
  write: (name, holder, key) => {
    const value = holder[key] as XmrValue
    return [value === null ? { name, valueCode: gapCode } : { name, valueDecimal: value }]
  },
  read: ({ name, parts: [part] }, holder, key) => {
    if (part?.valueCode === gapCode) {
      holder[key] = null
      return
    }
    holder[key] = numberOf(name, part?.valueDecimal ?? part?.valueInteger)
  },
  absent: () => null,
}

const targetNumber: ParameterField<number> = {
  ...decimal,
  read: ({ name, parts: [part] }, holder, key) => {
    holder[key] = numberOf(name, part?.valueDecimal ?? part?.valueInteger)
  },
}

function numberOf(name: string, said: unknown): number {
  if (typeof said !== 'number' || !Number.isFinite(said))
    throw new ParameterFault(`${name} must be a number`)
  return said
}

const wholeNumber = must(
  {
    ...integer,
    read: ({ name, parts: [part] }, holder, key) => {
      holder[key] = numberOf(name, part?.valueInteger ?? part?.valueDecimal)
    },
  } satisfies ParameterField<number>,
  Number.isInteger,
  'must be a whole number',
)

const direction = must(
  wordOf<ImprovementDirection | ''>(),
  (word) => word === '' || improvementDirections.includes(word),
  `must be one of ${improvementDirections.join(', ')}`,
)

/** The input of `$xmr`. */
export const xmrRequest = parameters({
  values: as('value', list(xmrValue)),
  /** which way is better; neutral where nothing is said */
  direction,
  target: optional(targetNumber),
  screening: optional(boolean),
  fixAfter: optional(wholeNumber),
  rebases: as('rebase', list(group({ at: wholeNumber, reason: text }))),
})

const limitNumbers = group({
  ...{ mean: decimal, movingRange: decimal, upper: decimal, lower: decimal },
  ...{ nearUpper: decimal, nearLower: decimal },
  screenedOut: integer,
  isTrial: as('trial', boolean),
})

/** The result of `$xmr`. */
export const xmrResult = parameters({
  groups: as(
    'group',
    list(
      group({
        ...{ at: integer, count: integer, reason: optional(text) },
        limits: optional(limitNumbers),
      }),
    ),
  ),
  points: as(
    'point',
    list(
      group({
        value: xmrValue,
        /** from 0 */
        group: integer,
        kind: wordOf<XmrKind>(),
        signal: optional(group({ rule: wordOf<XmrRule>(), side: wordOf<XmrSide>() })),
      }),
    ),
  ),
  variation: wordOf<XmrKind>(),
  assurance: oneOf<XmrAssurance>(['pass', 'fail', 'inconsistent', 'none'], 'none'),
})
