import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import {
  questionnaireFrom,
  textItem,
  yesNoItem,
} from '#domain/assessment/instruments/question-items.ts'

/** Our own questions: no instrument, and no score. */
export const homeSafetyChecklist: Instrument = {
  id: 'home-safety-checklist',
  url: libraryUrl('home-safety-checklist'),
  version: '1.0',
  title: 'Home safety checklist',
  topic: 'home-safety',
  licence: 'own',
  terms: 'Written for Gable. Apache-2.0. Not a validated instrument: it has no score.',
}

export const homeSafetyChecklistQuestionnaire = questionnaireFrom(homeSafetyChecklist, {
  description: 'A walk through the home, room by room.',
  item: [
    yesNoItem({
      linkId: 'steps',
      text: 'Are the steps and stairs safe, with a rail and good light?',
      required: false,
    }),
    yesNoItem({
      linkId: 'floor',
      text: 'Are the floors free of loose rugs, wires and clutter?',
      required: false,
    }),
    yesNoItem({
      linkId: 'bathroom',
      text: 'Can the person use the bath or shower and the toilet safely?',
      required: false,
    }),
    yesNoItem({
      linkId: 'bed',
      text: 'Can the person get in and out of bed and chair?',
      required: false,
    }),
    yesNoItem({
      linkId: 'warm',
      text: 'Is the home warm enough, and can the person pay for that?',
      required: false,
    }),
    yesNoItem({ linkId: 'smoke', text: 'Is there a smoke alarm that works?', required: false }),
    yesNoItem({ linkId: 'gas', text: 'Are gas, electricity and cooker safe?', required: false }),
    yesNoItem({ linkId: 'way-out', text: 'Can the person get out in a fire?', required: false }),
    yesNoItem({
      linkId: 'fire-risk',
      text: 'Is there a special fire risk (smoking, oxygen, skin creams, hoarding)?',
      required: false,
    }),
    yesNoItem({
      linkId: 'callers',
      text: 'Does the person feel safe with who comes to the door?',
      required: false,
    }),
    textItem({ linkId: 'help', text: 'What needs to be done, and who will do it?' }),
  ],
})
