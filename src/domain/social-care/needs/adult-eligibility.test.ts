import { expect, test } from 'vitest'
import { type AdultFindings, nothingAsked } from '#domain/social-care/care-assessment.ts'
import { type AdultEligibility, adultEligibility } from './adult-eligibility.ts'
import { type AdultState, adultOutcomes, adultStates, isUnable } from './adult-outcomes.ts'

type YesNo = 'yes' | 'no' | undefined
const answers: readonly YesNo[] = ['yes', 'no', undefined]
const states: readonly (AdultState | undefined)[] = [...adultStates, undefined]

function found(
  how: readonly (AdultState | undefined)[],
  [cause, wellbeing]: readonly [YesNo, YesNo] = ['yes', 'yes'],
): AdultFindings {
  const outcomes = adultOutcomes.flatMap((each, at) => {
    const state = at < how.length ? how[at] : 'able'
    return state ? [[each, { state, words: '' }] as const] : []
  })
  return {
    ...nothingAsked,
    ...(cause ? { cause } : {}),
    ...(wellbeing ? { wellbeing } : {}),
    outcomes: Object.fromEntries(outcomes),
  }
}

/** Regulation 2(1) read by hand: two of ten, from an impairment or illness, with an impact on wellbeing. */
function byHand(unable: number, unsaid: number, rest: readonly YesNo[]) {
  const outcomes = unable >= 2 ? 'yes' : unable + unsaid < 2 ? 'no' : undefined
  const all = [outcomes, ...rest]
  return all.includes('no') ? 'does-not-meet' : all.includes(undefined) ? 'cannot-say' : 'meets'
}

const pairs = adultOutcomes.flatMap((one, at) =>
  adultOutcomes.slice(at + 1).map((other) => [one, other] as const),
)
const inEveryState = states.flatMap((first) =>
  states.flatMap((second) =>
    answers.flatMap((cause) =>
      answers.map((wellbeing) => ({ first, second, cause, wellbeing }) as const),
    ),
  ),
)

test.each(pairs)('“%s” and “%s” in every state come to what regulation 2 says', (one, other) => {
  // 7 × 7 states, with every answer to the other two conditions
  expect(inEveryState).toHaveLength(441)
  for (const { first, second, cause, wellbeing } of inEveryState) {
    const stateOf = new Map([
      [one, first],
      [other, second],
    ])
    const how = adultOutcomes.map((each) => (stateOf.has(each) ? stateOf.get(each) : 'able'))
    const both = [first, second]
    const unable = both.filter((each) => each && !['able', 'not-mine'].includes(each))
    const unsaid = both.filter((each) => each === undefined)
    const wanted = byHand(unable.length, unsaid.length, [cause, wellbeing])
    expect(adultEligibility(found(how, [cause, wellbeing])).outcome).toBe(wanted)
  }
})

test.each(
  Array.from({ length: 11 }, (_none, unable) =>
    Array.from({ length: 11 - unable }, (_no, unsaid) => [unable, unsaid] as const),
  ).flat(),
)('%i outcomes unable and %i not asked come to what regulation 2 says', (unable, unsaid) => {
  const how = [
    ...Array.from({ length: unable }, () => 'danger' as const),
    ...Array.from({ length: unsaid }, () => undefined),
  ]
  const result = adultEligibility(found(how))
  expect(result.outcome).toBe(byHand(unable, unsaid, ['yes', 'yes']))
  expect(result.unable).toHaveLength(unable)
  expect(result.missing).toHaveLength(result.outcome === 'cannot-say' ? unsaid : 0)
})

const missing: readonly [string, AdultFindings, AdultEligibility['missing']][] = [
  ['nothing is answered', nothingAsked, ['cause', ...adultOutcomes, 'wellbeing']],
  ['the cause is not said', found(['danger', 'longer'], [undefined, 'yes']), ['cause']],
  ['the impact is not said', found(['danger', 'longer'], ['yes', undefined]), ['wellbeing']],
  ['one is unable, one not asked', found(['distress', undefined]), ['hygiene']],
  ['a no has settled it', found([undefined, undefined], ['no', undefined]), []],
]

test.each(missing)('what is missing is named: %s', (_title, findings, names) => {
  expect(adultEligibility(findings).missing).toEqual(names)
})

test('an adult is unable for the four reasons of regulation 2(3), also if something takes much longer', () => {
  expect(adultStates.filter(isUnable)).toEqual(['needs-help', 'distress', 'danger', 'longer'])
})
