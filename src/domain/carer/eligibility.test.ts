import { expect, test } from 'vitest'
import { type CarerFindings, nothingFound } from './carer-assessment.ts'
import { type CarerEligibility, carerEligibility } from './eligibility.ts'
import { carerOutcomes, countsAsUnable, type OutcomeState, outcomeStates } from './outcomes.ts'

const allAre = (state: OutcomeState) =>
  Object.fromEntries(carerOutcomes.map((each) => [each, { state, words: '' }]))
const fine: CarerFindings = {
  ...{ ...nothingFound, necessary: 'yes', health: 'no', wellbeing: 'yes' },
  outcomes: allAre('able'),
}
const but = (outcome: (typeof carerOutcomes)[number], state: OutcomeState) => ({
  ...fine,
  outcomes: { ...fine.outcomes, [outcome]: { state, words: '' } },
})
const { wellbeing: _unsaid, ...withoutWellbeing } = fine

// The Care and Support (Eligibility Criteria) Regulations 2015, regulation 3
const cases: readonly [string, CarerFindings, CarerEligibility['outcome'], number][] = [
  ['nothing is answered', nothingFound, 'cannot-say', 11],
  ['every outcome is achieved and health is well', fine, 'does-not-meet', 0],
  ['health alone is at risk', { ...fine, health: 'yes' }, 'meets', 0],
  ['one outcome needs help', but('work', 'needs-help'), 'meets', 0],
  ['one outcome only with distress', but('free-time', 'distress'), 'meets', 0],
  ['one outcome only in danger', but('home', 'danger'), 'meets', 0],
  ['an outcome is no part of this life', but('children', 'not-mine'), 'does-not-meet', 0],
  [
    'the care is not necessary',
    { ...but('work', 'needs-help'), necessary: 'no' },
    'does-not-meet',
    0,
  ],
  ['wellbeing is not touched', { ...but('work', 'distress'), wellbeing: 'no' }, 'does-not-meet', 0],
  ['wellbeing is not answered', { ...withoutWellbeing, health: 'yes' }, 'cannot-say', 1],
  [
    'one is unable, and the others are not asked',
    { ...fine, outcomes: { work: { state: 'danger', words: '' } } },
    'meets',
    0,
  ],
  [
    'some are not asked',
    { ...fine, outcomes: { work: { state: 'able', words: '' } } },
    'cannot-say',
    7,
  ],
]

test.each(cases)(
  'the answers come to what regulation 3 says, and to nothing before they are there: %s',
  (_title, findings, outcome, missing) => {
    const found = carerEligibility(findings)
    expect([found.outcome, found.missing.length]).toEqual([outcome, missing])
  },
)

test('a carer is unable for the three reasons of regulation 3(3), and not because something takes longer', () => {
  expect(outcomeStates.filter(countsAsUnable)).toEqual(['needs-help', 'distress', 'danger'])
})
