import type { Answer } from '#domain/assessment/form.ts'
import { isCoded } from '#domain/assessment/form.ts'
import { choiceItem } from '#domain/assessment/instruments/question-items.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { enteredInstrument, scoreEntryForm } from './score-entry.ts'

const levels = ['pam-level-1', 'pam-level-2', 'pam-level-3', 'pam-level-4'] as const

const levelIn = (answer: Answer | undefined) =>
  answer !== undefined && isCoded(answer) ? levels.find((each) => each === answer.code) : undefined

/**
 * Score and level as the licensed tool gave them: neither is worked out from the other, because the limits differ by
 * version. The limits here only shade the picture.
 */
export const patientActivation = enteredInstrument({
  ...{ id: 'patient-activation', title: 'Patient Activation Measure (PAM)', topic: 'activation' },
  terms:
    'Patient Activation Measure © Insignia Health. A licence is needed: only score and level are entered here, and nothing is worked out from answers.',
  code: { system: gableCodeSystem, code: 'pam-score', display: 'Patient Activation Measure score' },
  bands: [
    {
      ...{ code: levels[0], from: 0, to: 47, name: 'Level 1' },
      meaning: 'Managing feels like too much just now.',
    },
    {
      ...{ code: levels[1], from: 47.1, to: 55.1, name: 'Level 2' },
      meaning: 'The person has begun, and is not yet sure what to do.',
    },
    {
      ...{ code: levels[2], from: 55.2, to: 72.4, name: 'Level 3' },
      meaning: 'The person acts, and builds up confidence.',
    },
    {
      ...{ code: levels[3], from: 72.5, to: 100, name: 'Level 4' },
      meaning: 'The person manages most days, and may need help when life gets hard.',
    },
  ],
  ...{ min: 0, max: 100, better: 'higher', items: ['score', 'level'] },
  workOut: (answers) => {
    const score = answers['score']?.[0]
    const level = levelIn(answers['level']?.[0])
    if (typeof score !== 'number' || !level) return undefined
    const code = { system: gableCodeSystem, code: 'pam-level', display: 'PAM level' }
    return { value: score, band: level, parts: [{ code, value: levels.indexOf(level) + 1 }] }
  },
  source: 'Hibbard et al. Health Serv Res 2004;39:1005–1026',
  caution:
    'A level says how to help, never who deserves help. It goes up and down with illness and life.',
  unverified: 'the limits that shade the picture; the level entered is the one that counts',
  change: { by: 4, source: 'About 3 to 5 points', verified: false },
  suited: {
    [levels[0]]: [
      'One thing at a time, in small words. Begin with what worries the person most.',
      'Call or visit every week or two. Do not send letters alone.',
      'Agree on one very small step that will surely work.',
    ],
    [levels[1]]: [
      'Explain what and why, and check that it was understood by asking to hear it back.',
      'Call every two to four weeks.',
      'Two or three small steps. Practise together.',
    ],
    [levels[2]]: [
      'Build on what works. Let the person set the next goal.',
      'Call every month or two, or as agreed.',
      'Plan for the hard days: what if it does not work?',
    ],
    [levels[3]]: [
      'Follow the person’s lead. Offer information, and a way to reach you.',
      'Contact as agreed, often every three months.',
      'Agree what to do when life gets hard. Ask whether they would help others.',
    ],
  },
})

export const patientActivationQuestionnaire = scoreEntryForm(patientActivation, {
  ...{
    versions: ['PAM-13', 'PAM-10'],
    whole: false,
    scoreText: 'Score, from 0 to 100, as the tool gave it',
  },
  more: [
    choiceItem({ linkId: 'level', text: 'Level, as the tool gave it' }, [
      [1, 'Level 1', levels[0]],
      [2, 'Level 2', levels[1]],
      [3, 'Level 3', levels[2]],
      [4, 'Level 4', levels[3]],
    ]),
  ],
})
