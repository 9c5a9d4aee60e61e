import { type Instrument, libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import {
  choiceItem,
  questionnaireFrom,
  textItem,
} from '#domain/assessment/instruments/question-items.ts'

/** Our own questions: no instrument, and no score. */
export const dailyLivingChecklist: Instrument = {
  id: 'daily-living-checklist',
  url: libraryUrl('daily-living-checklist'),
  version: '1.0',
  title: 'Daily living checklist',
  topic: 'daily-living',
  licence: 'own',
  terms: 'Written for Gable. Apache-2.0. Not a validated instrument: it has no score.',
  worse: {
    ...{ wash: 'more', toilet: 'more', move: 'more', out: 'more', eat: 'more', cook: 'more' },
    ...{ shop: 'more', clean: 'more', money: 'more', phone: 'more' },
  },
}

const manages = (linkId: string, text: string) =>
  choiceItem({ linkId, text, required: false }, [
    [0, 'By myself'],
    [1, 'With some help'],
    [2, 'Somebody does it for me'],
    [3, 'It is not done'],
  ])

export const dailyLivingChecklistQuestionnaire = questionnaireFrom(dailyLivingChecklist, {
  description: 'What the person does alone, with help, or not at all.',
  item: [
    manages('wash', 'Washing and dressing'),
    manages('toilet', 'Using the toilet'),
    manages('move', 'Moving about indoors'),
    manages('out', 'Going out'),
    manages('eat', 'Eating and drinking'),
    manages('cook', 'Making a meal'),
    manages('shop', 'Shopping'),
    manages('clean', 'Cleaning and laundry'),
    manages('money', 'Money and letters'),
    manages('phone', 'Using the telephone'),
    textItem({ linkId: 'wish', text: 'Which of these would you most like to do yourself again?' }),
  ],
})
