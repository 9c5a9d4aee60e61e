import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { enteredInstrument, scoreEntryForm } from './score-entry.ts'

export const edmontonFrailScale = enteredInstrument({
  ...{ id: 'edmonton-frail-scale', title: 'Edmonton Frail Scale', topic: 'frailty' },
  terms:
    'Edmonton Frail Scale © its authors (Rolfson et al.). It may not be copied without permission: only the score is entered here.',
  code: {
    system: gableCodeSystem,
    code: 'edmonton-frail-scale-score',
    display: 'Edmonton Frail Scale score',
  },
  bands: [
    {
      code: 'not-frail',
      from: 0,
      to: 5,
      name: 'Not frail',
      meaning: 'The score is in the lowest band.',
    },
    {
      ...{ code: 'vulnerable', from: 6, to: 7, name: 'Apparently vulnerable' },
      meaning: 'The score is just above the lowest band.',
    },
    {
      code: 'mild',
      from: 8,
      to: 9,
      name: 'Mild frailty',
      meaning: 'The score is in the band of mild frailty.',
    },
    {
      ...{ code: 'moderate', from: 10, to: 11, name: 'Moderate frailty' },
      meaning: 'The score is in the band of moderate frailty.',
    },
    {
      ...{ code: 'severe', from: 12, to: 17, name: 'Severe frailty' },
      meaning: 'The score is in the band of severe frailty.',
    },
  ],
  ...{ min: 0, max: 17, better: 'lower' },
  source: 'Rolfson et al. Age Ageing 2006;35:526–529',
  caution: 'A score is where a conversation begins. It does not say what would help.',
  unverified: 'the bands',
})

export const edmontonFrailScaleQuestionnaire = scoreEntryForm(edmontonFrailScale, {
  ...{ versions: ['Original', 'Reported (REFS)'], whole: true, scoreText: 'Score, from 0 to 17' },
})
