import { numberItem } from '#domain/assessment/instruments/question-items.ts'
import { gableCodeSystem, hl7Extension } from '#domain/fhir/codes.ts'
import { enteredInstrument, scoreEntryForm } from './score-entry.ts'

/** The state as five digits, 1 to 5. */
const eq5dState = /^[1-5]{5}$/

export const eq5d5l = enteredInstrument({
  ...{ id: 'eq-5d-5l', title: 'EQ-5D-5L', topic: 'wellbeing' },
  terms:
    'EQ-5D-5L © EuroQol Research Foundation. A licence is needed: only the state, the index and the scale from 0 to 100 are entered here.',
  code: { system: gableCodeSystem, code: 'eq-5d-5l-index', display: 'EQ-5D-5L index' },
  bands: [
    {
      ...{ code: 'worse-than-death', from: -1, to: -0.001, name: 'Below 0' },
      meaning:
        'By the value set that was used, this state is valued as worse than being dead. It is a number of a population, not this person’s own view.',
    },
    {
      ...{ code: 'below-full', from: 0, to: 0.999, name: 'Between 0 and 1' },
      meaning:
        'Between 0 and full health, by the value set that was used. There are no published bands.',
    },
    {
      ...{ code: 'full', from: 1, to: 1, name: 'Full health' },
      meaning: 'The person reported no problems in any of the five.',
    },
  ],
  ...{ min: -1, max: 1, better: 'higher', items: ['score', 'state', 'vas'] },
  workOut: (answers) => {
    const [score, state, vas] = ['score', 'state', 'vas'].map((each) => answers[each]?.[0])
    if (typeof score !== 'number' || typeof vas !== 'number' || typeof state !== 'string')
      return undefined
    if (!eq5dState.test(state)) return undefined
    const system = gableCodeSystem
    return {
      value: Math.round(score * 1000) / 1000,
      parts: [
        { code: { system, code: 'eq-5d-5l-state', display: 'EQ-5D-5L state' }, value: state },
        { code: { system, code: 'eq-vas', display: 'EQ VAS' }, value: vas },
      ],
    }
  },
  source:
    'EuroQol: Herdman et al. Qual Life Res 2011;20:1727–1736; the value set is named as the version',
  caution:
    'Indexes of different value sets cannot be compared. Look at the state, and at the person’s own 0 to 100.',
})

export const eq5d5lQuestionnaire = scoreEntryForm(eq5d5l, {
  versions: ['Value set: crosswalk, UK', 'Value set: England', 'Value set: other'],
  ...{ whole: false, scoreText: 'Index, from −1 to 1, as the tool gave it' },
  more: [
    {
      ...{ linkId: 'state', type: 'string', required: true, maxLength: 5 },
      text: 'State: five digits from 1 to 5, such as 21232',
      extension: [{ url: hl7Extension('regex'), valueString: '[1-5]{5}' }],
    },
    numberItem(
      { linkId: 'vas', text: 'Health today, from 0 to 100' },
      { min: 0, max: 100, whole: true },
    ),
  ],
})
