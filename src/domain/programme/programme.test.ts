import { describe, expect, test } from 'vitest'
import { type CheckFacts, checkedCriteria, needsReason } from './criteria.ts'
import { type DoneFacts, fidelityOf, isLongWithoutContact } from './fidelity.ts'
import { type Programme, programmeFault } from './programme.ts'
import {
  daysInProgramme,
  entryState,
  outreachOf,
  type ProgrammeStep,
  type StepKind,
  stepFault,
} from './programme-entry.ts'
import { programmeEntryFromFhir, programmeEntryToFhir } from './programme-entry-fhir.ts'
import { programmeFromFhir, programmeToFhir } from './programme-fhir.ts'

const amina = {
  reference: 'Practitioner/amina',
  name: 'Amina Yusuf',
  voice: 'professional' as const,
}
const step = (kind: StepKind, day: string, more: Partial<ProgrammeStep> = {}): ProgrammeStep => ({
  ...{ kind, day, at: `${day}T10:00:00Z`, by: amina },
  ...more,
})
const attempt = (day: string, outcome: ProgrammeStep['outcome']) =>
  step('attempt', day, { way: 'call', ...(outcome ? { outcome } : {}) })

const frailty: Programme = {
  ...{ id: 'proactive-frailty', version: 2, title: 'Proactive care, frailty', retired: false },
  purpose: 'To plan before a crisis',
  owner: { reference: amina.reference, name: amina.name },
  criteria: [
    { words: 'Aged 65 or over', check: { kind: 'age-from', value: 65 } },
    { words: 'Nine difficulties or more', check: { kind: 'difficulties-from', value: 9 } },
    { words: 'Has heart failure', check: { kind: 'condition', words: 'heart failure' } },
    { words: 'Wants somebody to help plan' },
  ],
  ...{ pauses: ['in-hospital', 'asked-break'], ends: ['goal-reached', 'moved'] },
  ...{ monthsWithoutContact: 3, notWith: ['home-from-hospital'] },
  contents: [
    { kind: 'contact', weeks: 4 },
    { kind: 'assessment', weeks: 2, form: 'https://gable.example/fhir/Questionnaire/x' },
    { kind: 'plan-agreed', weeks: 6 },
  ],
}

describe('The definition of a programme', () => {
  test('is the same when it is read again from FHIR', () => {
    expect(programmeFromFhir(programmeToFhir(frailty))).toEqual(frailty)
    expect(programmeFromFhir({ resourceType: 'PlanDefinition', status: 'active' })).toBeUndefined()
  })

  test.each<readonly [title: string, change: Partial<Programme>, fault: RegExp]>([
    ['without a name', { title: ' ' }, /name/],
    ['without a purpose', { purpose: '' }, /what it is for/],
    ['that anybody could enter', { criteria: [] }, /who may enter/],
    ['with an empty criterion', { criteria: [{ words: '' }] }, /sentence/],
    ['with a contact every 0 weeks', { contents: [{ kind: 'contact', weeks: 0 }] }, /1 to 104/],
    ['with an unnamed assessment', { contents: [{ kind: 'assessment', weeks: 1 }] }, /which/],
    ['with half a month', { monthsWithoutContact: 0.5 }, /0 to 24/],
    [
      'that plans one thing twice',
      {
        contents: [
          { kind: 'contact', weeks: 4 },
          { kind: 'contact', weeks: 4 },
        ],
      },
      /twice/,
    ],
    ['that says one thing twice', { criteria: [{ words: 'Old' }, { words: 'Old ' }] }, /twice/],
    ['that excludes itself', { notWith: [frailty.id] }, /itself/],
  ])('is refused %s', (_title, change, fault) => {
    expect(programmeFault(frailty)).toBeUndefined()
    expect(programmeFault({ ...frailty, ...change })?.words).toMatch(fault)
  })
})

describe('Who may enter', () => {
  const facts: CheckFacts = {
    ...{ age: 84, difficulties: 9, stays: 1, medicines: 4, isCoded: true },
    ...{ conditions: ['Heart failure'], isJustHome: false, hasCoordinator: false },
  }
  const answers = (change: Partial<CheckFacts>) =>
    checkedCriteria(frailty.criteria, { ...facts, ...change }).map(({ answer }) => answer)

  test.each<readonly [title: string, change: Partial<CheckFacts>, answers: readonly string[]]>([
    ['all are met, and one is asked', {}, ['met', 'met', 'met', 'ask']],
    ['exactly the number is enough', { age: 65 }, ['met', 'met', 'met', 'ask']],
    ['one less is not', { age: 64, difficulties: 8 }, ['not-met', 'not-met', 'met', 'ask']],
    [
      'what is not recorded is not known, never “no”',
      { age: undefined, difficulties: undefined, conditions: [], isCoded: false },
      ['unknown', 'unknown', 'unknown', 'ask'],
    ],
  ])('%s', (_title, change, expected) => {
    expect(answers(change)).toEqual(expected)
  })

  test('asks for a reason where the record shows another thing or too little, and never for a judgement', () => {
    expect(needsReason(['met', 'ask'])).toBe(false)
    expect(needsReason(['met', 'not-met'])).toBe(true)
    expect(needsReason(['unknown'])).toBe(true)
  })
})

describe('The way through a programme', () => {
  const invited = step('invited', '2026-03-01')
  const entered = step('entered', '2026-03-10')
  const today = '2026-06-30'

  test.each<readonly [string, readonly ProgrammeStep[], string]>([
    ['invited', [invited], 'invited'],
    ['tried', [invited, attempt('2026-03-02', 'no-answer')], 'invited'],
    ['said no', [invited, attempt('2026-03-02', 'declined')], 'declined'],
    ['entered', [invited, entered], 'entered'],
    ['paused', [invited, entered, step('paused', '2026-04-01')], 'paused'],
    [
      'resumed',
      [invited, entered, step('paused', '2026-04-01'), step('resumed', '2026-04-05')],
      'entered',
    ],
    ['ended', [invited, entered, step('ended', '2026-05-01')], 'ended'],
  ])('is known by its last step: %s', (_title, steps, state) => {
    expect(entryState({ steps })).toBe(state)
    const entry = {
      ...{ id: 'e-1', person: 'p-1', programme: frailty.id, version: 2, title: frailty.title },
      steps,
    }
    expect(programmeEntryFromFhir(programmeEntryToFhir(entry))).toEqual(entry)
  })

  test.each<
    readonly [string, readonly ProgrammeStep[], Partial<ProgrammeStep>, string | undefined]
  >([
    ['begins with an invitation', [], { kind: 'entered' }, 'not-next'],
    ['is entered after an invitation', [invited], { kind: 'entered' }, undefined],
    ['is not entered twice', [invited, entered], { kind: 'entered' }, 'not-next'],
    ['is not resumed without a pause', [invited, entered], { kind: 'resumed' }, 'not-next'],
    ['ends for good', [invited, step('ended', '2026-03-02')], { kind: 'entered' }, 'not-next'],
    [
      'goes forwards in time',
      [invited, entered],
      { kind: 'ended', day: '2026-03-09', reason: 'moved' },
      'before-last',
    ],
    [
      'may end on the day of the step before',
      [invited, entered],
      { kind: 'ended', day: '2026-03-10', reason: 'moved' },
      undefined,
    ],
    ['does not happen tomorrow', [invited], { kind: 'entered', day: '2026-07-01' }, 'in-future'],
    ['has a day', [invited], { kind: 'entered', day: 'soon' }, 'day'],
    ['has a real day', [invited], { kind: 'entered', day: '2026-04-31' }, 'day'],
    [
      'calls back on a real day',
      [invited],
      { kind: 'attempt', way: 'call', outcome: 'call-back', callBackOn: '2026-06-31' },
      'call-back',
    ],
    ['loses no words', [invited], { kind: 'entered', words: 'a'.repeat(2001) }, 'too-long'],
    ['pauses for a reason', [invited, entered], { kind: 'paused' }, 'reason'],
    [
      'says another reason in words',
      [invited, entered],
      { kind: 'ended', reason: 'other' },
      'words',
    ],
    ['says how somebody tried', [invited], { kind: 'attempt' }, 'way'],
    ['says what came of it', [invited], { kind: 'attempt', way: 'call' }, 'outcome'],
    [
      'keeps why somebody said no',
      [invited],
      { kind: 'attempt', way: 'call', outcome: 'declined' },
      'words',
    ],
    [
      'calls back on a day',
      [invited],
      { kind: 'attempt', way: 'call', outcome: 'call-back' },
      'call-back',
    ],
  ])('%s', (_title, steps, sent, fault) => {
    const { at: _at, by: _by, ...said } = step('entered', '2026-06-01', sent)
    expect(stepFault(said, { steps, today })).toBe(fault)
  })

  test('says “never reached” after three attempts that reached nobody', () => {
    const no = (day: string) => attempt(day, 'no-answer')
    const two = [invited, no('2026-03-02'), attempt('2026-03-03', 'wrong-number')]
    expect(outreachOf({ steps: two })).toMatchObject({ attempts: 2, neverReached: false })
    const three = [...two, no('2026-03-04')]
    expect(outreachOf({ steps: three })).toMatchObject({ attempts: 3, neverReached: true })
    const spoke = [...three, attempt('2026-03-05', 'call-back')]
    expect(outreachOf({ steps: spoke })).toMatchObject({ wasReached: true, neverReached: false })
  })

  test('counts the days in it without the pauses', () => {
    const steps = [invited, entered, step('paused', '2026-04-01'), step('resumed', '2026-04-08')]
    expect(daysInProgramme({ steps }, today)).toEqual({
      ...{ from: '2026-03-10', until: today },
      pauses: [{ from: '2026-04-01', until: '2026-04-08' }],
    })
    expect(daysInProgramme({ steps: [invited] }, today)).toBeUndefined()
  })
})

describe('What was really done', () => {
  const steps = [step('invited', '2026-03-01'), step('entered', '2026-03-02')]
  const form = 'https://gable.example/fhir/Questionnaire/x'
  const nothing: DoneFacts = { contacts: [], assessments: [], answers: [], tasks: [] }
  const reached = (day: string) => ({ day, reached: true })
  const states = (facts: Partial<DoneFacts>, today = '2026-05-30', more: ProgrammeStep[] = []) =>
    fidelityOf(
      frailty.contents,
      { steps: [...steps, ...more] },
      { facts: { ...nothing, ...facts }, today },
    )?.lines.map(({ state }) => state)

  test('what nothing says anything about is not recorded, which is another thing than not done', () => {
    expect(states({})).toEqual(['not-recorded', 'not-recorded', 'not-recorded'])
    expect(
      states({
        contacts: [{ day: '2026-03-20', reached: false }],
        assessments: [{ day: '2026-03-10', form, finished: false }],
        answers: [{ day: '2026-03-20', agreed: false }],
      }),
    ).toEqual(['not-done', 'not-done', 'not-done'])
  })

  test('nothing is missed before its day', () => {
    expect(states({}, '2026-03-10')).toEqual(['not-due', 'not-due', 'not-due'])
    // two weeks after 2 March is 16 March: on that day it can still be done
    expect(states({}, '2026-03-16')?.[1]).toBe('not-due')
    expect(states({}, '2026-03-17')?.[1]).toBe('not-recorded')
  })

  test('a part is a part, and two calls on one day are one contact', () => {
    const contacts = [reached('2026-03-20'), reached('2026-03-20')]
    expect(states({ contacts })?.[0]).toBe('partly')
    const three = [...contacts, reached('2026-04-20'), reached('2026-05-20')]
    expect(states({ contacts: three })?.[0]).toBe('done')
  })

  test('what was done before they entered, or of another form, does not count', () => {
    expect(
      states({
        contacts: [reached('2026-02-20')],
        assessments: [{ day: '2026-03-10', form: 'another', finished: true }],
      }),
    ).toEqual(['not-recorded', 'not-recorded', 'not-recorded'])
  })

  test('a pause moves the days on which things are due', () => {
    const pause = [step('paused', '2026-03-03'), step('resumed', '2026-03-31')]
    expect(states({}, '2026-04-10', pause)?.[1]).toBe('not-due')
    expect(states({}, '2026-04-14', pause)?.[1]).toBe('not-recorded')
  })

  test('months without a recorded contact ask whether it ends, and end nothing', () => {
    const is = (lastContact: string | undefined, today: string, months = 3) =>
      isLongWithoutContact({ lastContact }, { steps }, { months, today })
    expect(is(undefined, '2026-05-31')).toBe(false)
    expect(is(undefined, '2026-06-01')).toBe(true)
    expect(is('2026-05-01', '2026-06-01')).toBe(false)
    expect(is(undefined, '2027-06-01', 0)).toBe(false)
  })
})
