import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import {
  numberItem,
  questionnaireFrom,
  textItem,
  whenSaid,
  yesNoItem,
} from '#domain/assessment/instruments/question-items.ts'

/** Our own questions: no instrument, and no score. */
export const fallsChecklist: Instrument = {
  id: 'falls-checklist',
  url: libraryUrl('falls-checklist'),
  version: '1.0',
  title: 'Falls checklist',
  topic: 'falls',
  licence: 'own',
  terms: 'Written for Gable. Apache-2.0. Not a validated instrument: it has no score.',
  worse: {
    ...{ fallen: 'yes', 'how-many': 'more', hurt: 'yes', blackout: 'yes', afraid: 'yes' },
    ...{ dizzy: 'yes', unsteady: 'yes', night: 'yes', sight: 'yes', feet: 'yes' },
    ...{ 'got-up': 'no', 'help-call': 'no' },
  },
}

export const fallsChecklistQuestionnaire = questionnaireFrom(fallsChecklist, {
  description: 'What happened, what may have caused it, and what would help.',
  item: [
    yesNoItem({ linkId: 'fallen', text: 'Have you fallen in the last year?', required: false }),
    numberItem(
      {
        linkId: 'how-many',
        text: 'How many times?',
        required: false,
        enableWhen: whenSaid('fallen', true),
      },
      { min: 1, max: 100, whole: true },
    ),
    textItem({
      linkId: 'story',
      text: 'What happened, where, and at what time of day?',
      enableWhen: whenSaid('fallen', true),
    }),
    yesNoItem({
      linkId: 'got-up',
      text: 'Could you get up by yourself?',
      required: false,
      enableWhen: whenSaid('fallen', true),
    }),
    yesNoItem({
      linkId: 'hurt',
      text: 'Were you hurt?',
      required: false,
      enableWhen: whenSaid('fallen', true),
    }),
    yesNoItem({
      linkId: 'blackout',
      text: 'Did you faint or black out, or do you not know why you fell?',
      required: false,
      enableWhen: whenSaid('fallen', true),
    }),
    yesNoItem({ linkId: 'afraid', text: 'Are you afraid of falling?', required: false }),
    yesNoItem({ linkId: 'dizzy', text: 'Do you get dizzy when you stand up?', required: false }),
    yesNoItem({
      linkId: 'unsteady',
      text: 'Do you feel unsteady when you walk or turn?',
      required: false,
    }),
    yesNoItem({
      linkId: 'night',
      text: 'Do you get up at night to go to the toilet?',
      required: false,
    }),
    yesNoItem({
      linkId: 'sight',
      text: 'Do you have trouble seeing, or new glasses?',
      required: false,
    }),
    yesNoItem({
      linkId: 'feet',
      text: 'Do you have pain in your feet, or shoes that slip?',
      required: false,
    }),
    yesNoItem({ linkId: 'help-call', text: 'Can you call for help if you fall?', required: false }),
    textItem({ linkId: 'help', text: 'What would make you feel safer?' }),
  ],
})
