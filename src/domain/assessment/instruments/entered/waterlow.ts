import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { enteredInstrument, scoreEntryForm } from './score-entry.ts'

export const waterlow = enteredInstrument({
  ...{ id: 'waterlow', title: 'Waterlow score', topic: 'hospital' },
  terms: 'Waterlow score © Judy Waterlow. Permission is needed: only the score is entered here.',
  code: { system: gableCodeSystem, code: 'waterlow-score', display: 'Waterlow score' },
  bands: [
    {
      code: 'below-10',
      from: 0,
      to: 9,
      name: 'Under 10',
      meaning: 'Under the lowest limit. Look at the skin all the same.',
    },
    {
      code: 'at-risk',
      from: 10,
      to: 14,
      name: 'At risk',
      meaning: 'At risk of pressure damage. Make a plan for skin and position.',
    },
    {
      code: 'high',
      from: 15,
      to: 19,
      name: 'High risk',
      meaning: 'High risk of pressure damage. The plan needs equipment and times.',
    },
    {
      code: 'very-high',
      from: 20,
      to: 64,
      name: 'Very high risk',
      meaning: 'Very high risk of pressure damage. Act today.',
    },
  ],
  ...{ min: 0, max: 64, better: 'lower' },
  source: 'Waterlow 1985, revised 2005',
  caution: 'It does not replace looking at the skin.',
  unverified: 'the limits 10, 15 and 20, and the highest value',
})

export const waterlowQuestionnaire = scoreEntryForm(waterlow, {
  ...{ versions: ['2005', '1985'], whole: true, scoreText: 'Score' },
})
