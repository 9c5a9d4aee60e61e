import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import {
  questionnaireFrom,
  textItem,
  yesNoItem,
} from '#domain/assessment/instruments/question-items.ts'

/** Our own questions: no instrument, and no score. */
export const nutritionChecklist: Instrument = {
  id: 'nutrition-checklist',
  url: libraryUrl('nutrition-checklist'),
  version: '1.0',
  title: 'Eating and drinking checklist',
  topic: 'nutrition',
  licence: 'own',
  terms: 'Written for Gable. Apache-2.0. Not a validated instrument: it has no score.',
}

export const nutritionChecklistQuestionnaire = questionnaireFrom(nutritionChecklist, {
  description: 'What and how the person eats and drinks. It has no score: MUST has one.',
  item: [
    yesNoItem({ linkId: 'appetite', text: 'Do you eat less than you used to?', required: false }),
    yesNoItem({
      linkId: 'clothes',
      text: 'Have your clothes or rings become loose without you trying to lose weight?',
      required: false,
    }),
    yesNoItem({
      linkId: 'meals',
      text: 'Do you have at least two meals on most days?',
      required: false,
    }),
    yesNoItem({
      linkId: 'drinks',
      text: 'Do you drink six cups or more on most days?',
      required: false,
    }),
    yesNoItem({
      linkId: 'swallow',
      text: 'Do you cough or choke when you eat or drink?',
      required: false,
    }),
    yesNoItem({ linkId: 'mouth', text: 'Do your teeth or mouth hurt?', required: false }),
    yesNoItem({
      linkId: 'shop',
      text: 'Can you shop and cook, or does somebody do it for you?',
      required: false,
    }),
    yesNoItem({
      linkId: 'money',
      text: 'Do you ever go without food because of money?',
      required: false,
    }),
    textItem({
      linkId: 'likes',
      text: 'What do you like to eat and drink, and what do you avoid?',
    }),
    textItem({ linkId: 'help', text: 'What would help?' }),
  ],
})
