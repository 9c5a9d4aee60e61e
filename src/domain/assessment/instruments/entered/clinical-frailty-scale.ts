import { snomedSystem } from '#domain/fhir/codes.ts'
import { enteredInstrument, scoreEntryForm } from './score-entry.ts'

/** Levels 1 to 9, without their descriptions: those are licensed. */
export const clinicalFrailtyScale = enteredInstrument({
  ...{ id: 'clinical-frailty-scale', title: 'Clinical Frailty Scale', topic: 'frailty' },
  terms:
    'Clinical Frailty Scale © Dalhousie University (Rockwood). Permission is needed to use its text and pictures: only the level is entered here.',
  code: {
    ...{ system: snomedSystem, code: '763264000' },
    display: 'Canadian Study of Health and Aging Clinical Frailty Scale score',
  },
  bands: [
    {
      ...{ code: 'under-5', from: 1, to: 4, name: 'Under level 5' },
      meaning: 'The level is under the one at which many services look more closely at frailty.',
    },
    {
      ...{ code: 'five-or-more', from: 5, to: 9, name: 'Level 5 or higher' },
      meaning: 'Many services look more closely at frailty from this level. See the licensed form.',
    },
  ],
  ...{ min: 1, max: 9, better: 'lower' },
  source: 'Rockwood et al. CMAJ 2005;173:489–495; version 2.0: Rockwood, Theou 2020',
  caution:
    'It is about how the person was two weeks ago, not about today’s illness. It is not for people under 65.',
  unverified: 'the use of level 5',
})

export const clinicalFrailtyScaleQuestionnaire = scoreEntryForm(clinicalFrailtyScale, {
  ...{ versions: ['1.2', '2.0'], whole: true, scoreText: 'Level, from 1 to 9' },
})
