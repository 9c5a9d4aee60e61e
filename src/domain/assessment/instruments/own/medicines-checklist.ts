import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import {
  questionnaireFrom,
  textItem,
  whenSaid,
  yesNoItem,
} from '#domain/assessment/instruments/question-items.ts'

/** Our own questions: no instrument, and no score. */
export const medicinesChecklist: Instrument = {
  id: 'medicines-checklist',
  url: libraryUrl('medicines-checklist'),
  version: '1.0',
  title: 'Medicines checklist',
  topic: 'medicines',
  licence: 'own',
  terms: 'Written for Gable. Apache-2.0. Not a validated instrument: it has no score.',
}

export const medicinesChecklistQuestionnaire = questionnaireFrom(medicinesChecklist, {
  description: 'How the person manages their medicines, in their own words.',
  item: [
    yesNoItem({
      linkId: 'knows',
      text: 'Do you know what each of your medicines is for?',
      required: false,
    }),
    yesNoItem({
      linkId: 'takes',
      text: 'Do you take them as it says on the label?',
      required: false,
    }),
    textItem({ linkId: 'misses', text: 'Which ones do you leave out, and why?' }),
    yesNoItem({
      linkId: 'opens',
      text: 'Can you open the packs and read the labels?',
      required: false,
    }),
    yesNoItem({ linkId: 'swallows', text: 'Can you swallow them?', required: false }),
    yesNoItem({
      linkId: 'side-effects',
      text: 'Do any of them make you feel unwell?',
      required: false,
    }),
    textItem({
      linkId: 'which',
      text: 'Which ones, and how?',
      enableWhen: whenSaid('side-effects', true),
    }),
    yesNoItem({
      linkId: 'others',
      text: 'Do you take anything bought in a shop, or from somebody else?',
      required: false,
    }),
    yesNoItem({ linkId: 'helped', text: 'Does somebody help you with them?', required: false }),
    yesNoItem({
      linkId: 'at-home',
      text: 'Are there old medicines at home that nobody takes any more?',
      required: false,
    }),
    textItem({ linkId: 'wish', text: 'What would you like to change?' }),
  ],
})
