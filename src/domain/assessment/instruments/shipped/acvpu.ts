import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import { questionnaireFrom, textItem } from '#domain/assessment/instruments/question-items.ts'
import { snomedSystem } from '#domain/fhir/codes.ts'

/** ACVPU, as SNOMED CT (UK) has it: 1104441000000107. */
export const acvpuAnswers = [
  { code: '248234008', display: 'Alert' },
  { code: '130987000', display: 'New confusion' },
  { code: '300202002', display: 'Responds to voice' },
  { code: '450847001', display: 'Responds to pain' },
  { code: '422768004', display: 'Unresponsive' },
] as const

/** How awake somebody is. It has no number of its own: NEWS2 counts it. */
export const acvpu: Instrument = {
  id: 'acvpu',
  url: libraryUrl('acvpu'),
  version: '1.0',
  title: 'ACVPU: how awake the person is',
  topic: 'hospital',
  licence: 'free',
  terms:
    'Part of the National Early Warning Score (NEWS) 2. No copyright restriction; the Royal College of Physicians is acknowledged as its source.',
}

export const acvpuQuestionnaire = questionnaireFrom(acvpu, {
  description: 'One answer. Anything but “alert” that is new needs medical help now.',
  item: [
    {
      linkId: 'acvpu',
      type: 'choice',
      required: true,
      code: [{ system: snomedSystem, code: '1104441000000107' }],
      text: 'How awake is the person now?',
      answerOption: acvpuAnswers.map((each) => ({
        valueCoding: { system: snomedSystem, ...each },
      })),
    },
    textItem({ linkId: 'usual', text: 'How is the person usually?' }),
  ],
})
