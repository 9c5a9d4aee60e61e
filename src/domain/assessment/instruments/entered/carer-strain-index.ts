import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { enteredInstrument, scoreEntryForm } from './score-entry.ts'

export const carerStrainIndex = enteredInstrument({
  ...{ id: 'carer-strain-index', title: 'Modified Caregiver Strain Index', topic: 'carer' },
  terms:
    '© Gerontological Society of America: permission for education that is not for profit only. Only the score is entered here.',
  code: {
    system: gableCodeSystem,
    code: 'mcsi-score',
    display: 'Modified Caregiver Strain Index score',
  },
  bands: [
    {
      ...{ code: 'no-strain', from: 0, to: 0, name: 'No strain said' },
      meaning: 'The carer said no to all thirteen. Ask again: strain is hard to say.',
    },
    {
      ...{ code: 'some-strain', from: 1, to: 26, name: 'Some strain' },
      meaning:
        'The higher, the more strain. No limit was published: look at what the carer said yes to.',
    },
  ],
  ...{ min: 0, max: 26, better: 'lower' },
  source: 'Thornton, Travis. J Gerontol B 2003;58:S127–S132',
  caution: 'A carer has a right to an assessment whatever the score (Care Act 2014, section 10).',
})

export const carerStrainIndexQuestionnaire = scoreEntryForm(carerStrainIndex, {
  ...{ versions: ['Modified, 13 items'], whole: true, scoreText: 'Score, from 0 to 26' },
})
