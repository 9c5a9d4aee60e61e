import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import {
  questionnaireFrom,
  textItem,
  yesNoItem,
} from '#domain/assessment/instruments/question-items.ts'

/** Our own questions: no instrument, and no score. */
export const carerStrainConversation: Instrument = {
  id: 'carer-strain-conversation',
  url: libraryUrl('carer-strain-conversation'),
  version: '1.0',
  title: 'Carer’s conversation about strain',
  topic: 'carer',
  licence: 'own',
  terms: 'Written for Gable. Apache-2.0. Not a validated instrument: it has no score.',
}

export const carerStrainConversationQuestionnaire = questionnaireFrom(carerStrainConversation, {
  description: 'For a person who looks after somebody. It is a conversation, and has no score.',
  item: [
    textItem({
      linkId: 'does',
      text: 'What do you do for the person you look after, by day and by night?',
    }),
    yesNoItem({ linkId: 'sleep', text: 'Do you get enough sleep?', required: false }),
    yesNoItem({
      linkId: 'break',
      text: 'Can you take a break when you need one?',
      required: false,
    }),
    yesNoItem({
      linkId: 'health',
      text: 'Has looking after somebody affected your own health?',
      required: false,
    }),
    yesNoItem({
      linkId: 'money',
      text: 'Has it affected your work or your money?',
      required: false,
    }),
    yesNoItem({ linkId: 'alone', text: 'Do you feel left alone with it?', required: false }),
    yesNoItem({
      linkId: 'lifting',
      text: 'Do you lift or move the person without having been shown how?',
      required: false,
    }),
    yesNoItem({
      linkId: 'willing',
      text: 'Are you able and willing to go on as now?',
      required: false,
    }),
    textItem({ linkId: 'ill', text: 'What would happen if you were ill tomorrow?' }),
    textItem({ linkId: 'help', text: 'What would help you most?' }),
  ],
})
