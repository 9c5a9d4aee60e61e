import { expect, test } from 'vitest'
import type { RuleFigures } from './rule-figures.ts'
import {
  newRuleLine,
  type RuleLine,
  ruleFault,
  ruleLineFault,
  ruleLineKinds,
  ruleLineShape,
  sameLines,
  wasKnownBefore,
  widerLine,
} from './rule-lines.ts'
import {
  agreeToRule,
  askToAgree,
  judgePerson,
  noteTrial,
  switchOffRule,
  writeRule,
} from './rule-steps.ts'
import { type RuleVersion, ruleState, ruleStatesOf, runningVersion } from './rule-version.ts'

const today = '2026-03-02'
const age: RuleLine = { kind: 'age', but: false, count: 65 }
const amina = { agent: 'Practitioner/amina', name: 'Amina' }
const patel = { agent: 'Practitioner/patel', name: 'Dr Patel' }
const act = { by: amina, at: '2026-03-02T09:00:00Z' }
const byPatel = { ...act, by: patel }
const nobody = { poor: 0, known: 0 }
const figures: RuleFigures = {
  ...{ total: 10, lines: [], found: 1, added: 1, dropped: 0, kept: 0, notJudged: 0 },
  ...{ poor: nobody, poorBefore: nobody, poorAmong: nobody, sample: ['p1'], milliseconds: 1 },
}
const draft: RuleVersion = {
  ...{ rule: 'r', version: 1, edit: 1, organisation: 'o', name: 'Rule', lines: [age], seed: 's' },
  ...{ writers: [amina], savedAt: act.at, looked: [] },
}
const after = (
  ...steps: readonly ((version: RuleVersion) => RuleVersion | string)[]
): RuleVersion =>
  steps.reduce((version, step) => {
    const next = step(version)
    if (typeof next === 'string') throw new Error(next)
    return next
  }, draft)
const tried = (version: RuleVersion) => noteTrial(version, figures, act)
const looked = (version: RuleVersion) =>
  judgePerson(version, { person: 'p1', right: true, words: '' }, act)
const asked = (version: RuleVersion) => askToAgree(version, { from: today, today }, act)
const agreed = (version: RuleVersion) => agreeToRule(version, today, byPatel)

test.each(ruleLineKinds)(
  'A new line about %s is complete once something is chosen from its list',
  (kind) => {
    const line = newRuleLine(kind)
    const { among } = ruleLineShape(kind)
    expect(ruleLineFault(line)).toBe(among ? 'choose' : undefined)
    const chosen = among ? { ...line, among: among.slice(0, line.count ?? 1) } : line
    expect(ruleLineFault(chosen)).toBeUndefined()
  },
)

test.each([
  ['a number below its bounds', { ...age, count: 0 }, 'number'],
  ['a number above its bounds', { ...age, count: 111 }, 'number'],
  ['half a number', { ...age, count: 65.5 }, 'number'],
  ['months that nobody knows', { ...newRuleLine('frailty-up'), months: 18 }, 'months'],
  ['more than it lists', { ...newRuleLine('conditions'), among: ['falls'] }, 'too-many-of'],
  ['the same twice', { ...newRuleLine('segment'), among: ['well', 'well'] }, 'choose'],
  ['a word of no list', { ...newRuleLine('segment'), among: ['rich'] }, 'choose'],
] as const)('A line is not tried with %s', (_what, line, fault) => {
  expect(ruleLineFault(line)).toBe(fault)
  expect(ruleFault([age, line])).toBe('line')
})

test('A rule that only takes people away, or says nothing, is not tried', () => {
  expect(ruleFault([])).toBe('no-lines')
  expect(ruleFault([newRuleLine('caseload')])).toBe('only-but')
  expect(ruleFault([age, newRuleLine('caseload')])).toBeUndefined()
})

test.each([
  ['fewer years of age', age, { ...age, count: 60 }],
  [
    'more months since a stay',
    { ...newRuleLine('emergency-stay') },
    { ...newRuleLine('emergency-stay'), months: 15 },
  ],
  [
    'fewer months since a contact',
    newRuleLine('not-seen'),
    { ...newRuleLine('not-seen'), months: 9 },
  ],
  ['nothing, without a number', newRuleLine('alone'), undefined],
  [
    'a higher age that is taken away',
    { ...age, but: true, count: 85 },
    { ...age, but: true, count: 90 },
  ],
] as const)('Whoever just misses a line would be found with %s', (_what, line, wider) => {
  expect(widerLine(line)).toEqual(wider)
})

test('Two sentences are the same whatever the order of their parts', () => {
  expect(
    sameLines([{ kind: 'age', but: false, count: 65 }], [{ count: 65, but: false, kind: 'age' }]),
  ).toBe(true)
  expect(sameLines([age], [{ ...age, count: 66 }])).toBe(false)
})

test('A year ago, stays are known for twelve months, and living alone is not', () => {
  expect(wasKnownBefore(newRuleLine('emergency-stay'))).toBe(true)
  expect(wasKnownBefore({ ...newRuleLine('emergency-stay'), months: 15 })).toBe(false)
  expect(wasKnownBefore(newRuleLine('alone'))).toBe(false)
})

test.each([
  ['draft', []],
  ['tried', [tried]],
  ['looked-at', [tried, looked]],
  ['asked', [tried, looked, asked]],
  ['running', [tried, looked, asked, agreed]],
] as const)('A version becomes %s', (state, steps) => {
  expect(ruleState(after(...steps), today, false)).toBe(state)
})

test('No step can be left out, and nobody answers their own question', () => {
  expect(asked(draft)).toBe('not-tried')
  expect(asked(after(tried))).toBe('not-looked-at')
  expect(agreed(after(tried, looked))).toBe('not-asked')
  expect(agreeToRule(after(tried, looked, asked), today, act)).toBe('own-rule')
  const byOther = after(tried, looked, (version) =>
    askToAgree(version, { from: today, today }, byPatel),
  )
  expect(agreeToRule(byOther, today, byPatel)).toBe('own-rule')
})

test('Another sentence has to be tried again, and what was said about people stays', () => {
  const changed = writeRule(
    after(tried, looked, asked),
    { name: 'Rule', lines: [{ ...age, count: 70 }] },
    act,
  )
  expect(changed).toMatchObject({ edit: 3, looked: [{ person: 'p1' }] })
  expect(changed).not.toHaveProperty('tried')
  expect(changed).not.toHaveProperty('asked')
})

test('The same sentence written again changes nothing', () => {
  const version = after(tried)
  expect(writeRule(version, { name: 'Rule', lines: [age] }, byPatel)).toBe(version)
})

test('An agreed version starts on its day, replaces the one before, and none runs once it is off', () => {
  const first = after(tried, looked, asked, agreed)
  const second: RuleVersion = { ...first, version: 2, agreed: { ...byPatel, from: '2026-03-09' } }
  expect(runningVersion([first, second], today)?.version).toBe(1)
  expect(ruleStatesOf([first, second], today).map(([, state]) => state)).toEqual([
    'running',
    'agreed',
  ])
  expect(ruleStatesOf([first, second], '2026-03-09').map(([, state]) => state)).toEqual([
    'replaced',
    'running',
  ])
  const off = switchOffRule(second, 'Wrong people', act)
  expect(switchOffRule(second, ' ', act)).toBe('words-missing')
  expect(runningVersion([first, off as RuleVersion], '2026-03-09')).toBeUndefined()
})
