import type { CareCard } from '#domain/pathway/care-card.ts'

const falls = 'After the idea of NICE NG249, Falls: assessment and prevention (2025)'
const heart = 'After the idea of NICE NG106, Chronic heart failure in adults (2018)'
const lungs = 'After the idea of NICE NG115, Chronic obstructive pulmonary disease (2018)'
const diabetes = 'After the idea of NICE NG28, Type 2 diabetes in adults (2015)'
const feet = 'After the idea of NICE NG19, Diabetic foot problems (2015)'
const dementia = 'After the idea of NICE NG97, Dementia (2018)'
const frailty = 'After the idea of NICE NG56, Multimorbidity (2016)'
const fit = 'After the idea of the British Geriatrics Society, Fit for Frailty (2014)'
const end = 'After the idea of NICE NG142, End of life care for adults: service delivery (2019)'
const own = 'Our own idea. Nobody has checked it yet.'

const line = (words: string, source = own) => ({ words, source })
const year = 12

/**
 * What is worth a talk in seven common situations. Our own words after public guidance; no dose, no number of ours. Once a
 * year as the time for a result is our own choice where the guidance does not say it.
 * @unverified care-card
 */
export const pathwayCards: readonly CareCard[] = [
  {
    ...{ code: 'falls', version: 1, kind: 'pathway', title: 'Falls' },
    lines: [
      line('Ask what happened each time, and what the person is afraid of.', falls),
      line('Look at strength and balance, feet, eyes, the home, and medicines together.', falls),
    ],
    shows: [
      [{ on: 'condition', among: ['falls'] }],
      [{ on: 'answers', form: 'falls-checklist', when: ['fallen is yes'] }],
    ],
    needs: [
      { on: 'asked', form: 'falls-checklist', name: 'Falls checklist', months: year },
      { on: 'result', result: 'blood-pressure', months: year },
    ],
    steps: [
      { code: 'goal', kind: 'goal', words: 'To walk about without fear of falling' },
      { code: 'ask', kind: 'assessment', words: 'Falls checklist', next: 'falls-checklist' },
      { code: 'balance', kind: 'referral', words: 'Physiotherapy: strength and balance' },
      { code: 'home', kind: 'assessment', words: 'Home safety', next: 'home-safety-checklist' },
      {
        ...{ code: 'medicines', kind: 'task', days: 28 },
        words: 'Ask the pharmacist to look at medicines that can lead to falls',
      },
    ],
  },
  {
    ...{ code: 'heart-failure', version: 1, kind: 'pathway', title: 'Heart failure' },
    lines: [
      line('Agree which signs mean “call us today”, and whom to call.', heart),
      line('Weight, blood pressure and kidney function show how the medicines suit.', heart),
    ],
    shows: [[{ on: 'condition', among: ['heart-failure'] }]],
    needs: [
      { on: 'result', result: 'weight', months: 1 },
      { on: 'result', result: 'blood-pressure', months: 6 },
      { on: 'result', result: 'kidneys', months: 6 },
    ],
    steps: [
      { code: 'goal', kind: 'goal', words: 'To get about without being out of breath' },
      {
        ...{ code: 'worse', kind: 'task', days: 14 },
        words: 'Agree what to do when weight or breathlessness goes up',
      },
      { code: 'nurse', kind: 'referral', words: 'Heart failure nurse: a review' },
      { code: 'rehab', kind: 'referral', words: 'Cardiac rehabilitation' },
    ],
  },
  {
    ...{ code: 'copd', version: 1, kind: 'pathway', title: 'COPD' },
    lines: [
      line('See how the person uses each inhaler, and ask what breathlessness stops.', lungs),
      line('A plan for a flare-up belongs in the plan for bad days.', lungs),
    ],
    shows: [[{ on: 'condition', among: ['copd'] }]],
    needs: [{ on: 'result', result: 'weight', months: year }],
    steps: [
      { code: 'goal', kind: 'goal', words: 'To do what breathlessness keeps me from' },
      { code: 'inhaler', kind: 'task', days: 28, words: 'Watch the inhaler being used' },
      { code: 'rehab', kind: 'referral', words: 'Pulmonary rehabilitation' },
      { code: 'flare', kind: 'task', days: 28, words: 'Write a plan for a flare-up' },
      { code: 'stop', kind: 'referral', words: 'Help to stop smoking, if the person smokes' },
    ],
  },
  {
    ...{ code: 'diabetes', version: 1, kind: 'pathway', title: 'Diabetes' },
    lines: [
      line('Agree together what good control means for this person, and what it costs.', diabetes),
      line('Feet, eyes and kidneys are looked at each year.', feet),
    ],
    shows: [[{ on: 'condition', among: ['diabetes'] }]],
    needs: [
      { on: 'result', result: 'long-blood-sugar', months: year },
      { on: 'result', result: 'blood-pressure', months: year },
      { on: 'result', result: 'kidneys', months: year },
    ],
    steps: [
      { code: 'goal', kind: 'goal', words: 'To live well with diabetes, in my own way' },
      { code: 'feet', kind: 'task', days: 28, words: 'Arrange the yearly foot check' },
      { code: 'eyes', kind: 'task', days: 28, words: 'Arrange diabetic eye screening' },
      { code: 'low', kind: 'task', days: 14, words: 'Talk about low blood sugar and what to do' },
      { code: 'course', kind: 'referral', words: 'A course about living with diabetes' },
    ],
  },
  {
    ...{ code: 'dementia', version: 1, kind: 'pathway', title: 'Dementia' },
    lines: [
      line('Talk with the person early about what they want later on.', dementia),
      line('Ask the carer how they are, on their own.', dementia),
    ],
    shows: [[{ on: 'condition', among: ['dementia'] }]],
    needs: [
      {
        on: 'asked',
        form: 'carer-strain-conversation',
        name: 'A carer’s conversation',
        months: year,
      },
      { on: 'result', result: 'weight', months: 6 },
    ],
    steps: [
      { code: 'goal', kind: 'goal', words: 'To keep doing what I like, with help where I need it' },
      { code: 'ahead', kind: 'task', days: 28, words: 'Talk about wishes for later' },
      {
        ...{ code: 'carer', kind: 'assessment', next: 'carer-strain-conversation' },
        words: 'A conversation with the carer',
      },
      { code: 'post', kind: 'referral', words: 'Dementia support worker' },
      {
        code: 'food',
        kind: 'assessment',
        words: 'Eating and drinking',
        next: 'nutrition-checklist',
      },
    ],
  },
  {
    ...{ code: 'frailty', version: 1, kind: 'pathway', title: 'Living with frailty' },
    lines: [
      line('Ask first what matters, then which treatments still help with that.', frailty),
      line('Look at the whole: moving, mood, memory, medicines, help at home.', fit),
    ],
    shows: [
      [{ on: 'condition', among: ['frailty'] }],
      // moderate frailty: 9 of 36 or more (Clegg 2016, Age Ageing, doi 10.1093/ageing/afw039)
      [{ on: 'difficulties', from: 9 }],
      // the limit of PRISMA-7 (NICE NG56)
      [{ on: 'answers', form: 'prisma-7', when: ['score from 3'] }],
      [{ on: 'answers', form: 'clinical-frailty-scale', when: ['band is five-or-more'] }],
    ],
    needs: [
      { on: 'asked', form: 'falls-checklist', name: 'Falls checklist', months: year },
      { on: 'asked', form: 'medicines-checklist', name: 'Medicines', months: year },
      { on: 'result', result: 'weight', months: 6 },
    ],
    steps: [
      { code: 'goal', kind: 'goal', words: 'To stay as independent as I can at home' },
      { code: 'medicines', kind: 'assessment', words: 'Medicines', next: 'medicines-checklist' },
      { code: 'daily', kind: 'assessment', words: 'Daily living', next: 'daily-living-checklist' },
      { code: 'worse', kind: 'task', days: 28, words: 'Write the plan for bad days together' },
      { code: 'review', kind: 'referral', words: 'Comprehensive geriatric assessment' },
    ],
  },
  {
    ...{ code: 'end-of-life', version: 1, kind: 'pathway', title: 'The last part of life' },
    lines: [
      line('Ask what matters most now, where to be cared for, and who should be there.', end),
      line('Make sure that everybody on call by night can read what was agreed.', end),
    ],
    shows: [[{ on: 'condition', among: ['end-of-life'] }]],
    needs: [{ on: 'asked', form: 'pain', name: 'Pain from 0 to 10', months: 1 }],
    steps: [
      { code: 'goal', kind: 'goal', words: 'To spend my time as I want to, where I want to' },
      {
        code: 'wishes',
        kind: 'task',
        days: 7,
        words: 'Talk about wishes and where to be cared for',
      },
      {
        ...{ code: 'ahead', kind: 'task', days: 7 },
        words: 'Ask the GP which medicines should be ready at home',
      },
      { code: 'team', kind: 'referral', words: 'Community palliative care team' },
      {
        code: 'carer',
        kind: 'task',
        days: 7,
        words: 'Ask the carer what they need, also by night',
      },
    ],
  },
]
