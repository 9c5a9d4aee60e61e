import { planStandard } from './condition-templates.ts'
import type { Template, TemplateSource } from './template.ts'
import { templateItems } from './template-items.ts'

const comprehensiveModel: TemplateSource = {
  name: 'NHS England',
  title: 'Universal Personalised Care: Implementing the Comprehensive Model',
}

/** Templates for situations that are not one illness. Our own words; no number that a clinician would have to check. */
export const situationTemplates: readonly Template[] = [
  {
    ...{ id: 'frailty', version: '2', title: 'Frailty' },
    sources: [
      { name: 'NICE NG56', title: 'Multimorbidity: clinical assessment and management' },
      planStandard,
    ],
    items: templateItems({
      needs: [
        ['weaker', 'Weaker or slower than before', 'small changes add up'],
        ['eating', 'Eating less, or losing weight', 'strength needs food'],
      ],
      goals: [
        [
          'matters',
          'I want to keep doing what matters most to me',
          'it tells everybody what to protect',
        ],
      ],
      steps: [
        [
          'review',
          'Look at all my treatments together: which help, and which are a burden',
          'many treatments at once can do harm',
        ],
        ['strength', 'Find a way to stay strong that fits my day', 'it is never too late'],
        ['first-contact', 'Agree who coordinates', 'many people help, and one should know it all'],
      ],
      worse: [
        [
          'amber',
          'off-legs',
          'If I cannot manage what I could do last week: call my surgery the same day',
          'a sudden change has a reason',
        ],
      ],
    }),
  },
  {
    ...{ id: 'carer-strain', version: '2', title: 'A carer under strain' },
    sources: [{ name: 'NICE NG150', title: 'Supporting adult carers' }, comprehensiveModel],
    items: templateItems({
      needs: [
        ['tired', 'My carer is worn out', 'a carer who cannot go on is a risk for both'],
        ['alone', 'Nobody else could step in', 'a plan depends on one person'],
      ],
      goals: [
        [
          'both',
          'I want the person who cares for me to have time of their own',
          'it is good for both',
        ],
      ],
      steps: [
        ['assessment', 'Offer my carer an assessment of their own', 'carers have a right to one'],
        [
          'break',
          'Find out about breaks, and what would make one possible',
          'rest keeps care going',
        ],
        ['who-else', 'Ask who else could help, and with what', 'help is often there and not asked'],
        [
          'surgery',
          'Ask the surgery to record that they are a carer',
          'then somebody thinks of their health too',
        ],
      ],
      worse: [
        [
          'red',
          'carer-ill',
          'If my carer is ill or cannot come: call the people in this plan who said they would step in',
          'it can happen any day',
        ],
      ],
    }),
  },
  {
    ...{ id: 'loneliness', version: '1', title: 'Loneliness' },
    sources: [
      { name: 'NICE NG32', title: 'Older people: independence and mental wellbeing' },
      comprehensiveModel,
    ],
    items: templateItems({
      needs: [
        ['lonely', 'Lonely', 'it is worth saying, and many people feel it'],
        ['no-way', 'No way to get to people', 'company is often a question of transport'],
      ],
      goals: [['company', 'I want to see people I like every week', 'the person chooses whom']],
      steps: [
        ['link-worker', 'Meet a social prescribing link worker', 'they know what there is nearby'],
        [
          'old-tie',
          'Write or call somebody I have lost touch with',
          'an old tie is easier than a new one',
        ],
        [
          'group',
          'Try one group that does something I like',
          'doing something together is a start',
        ],
        ['lift', 'Find out who could give me a lift', 'it opens the door to everything else'],
      ],
    }),
  },
  {
    ...{ id: 'last-year', version: '2', title: 'The last year of life' },
    sources: [
      { name: 'NICE NG142', title: 'End of life care for adults: service delivery' },
      planStandard,
    ],
    items: templateItems({
      needs: [
        ['comfort', 'Comfort: pain, breath, sleep', 'much can be eased'],
        ['unsaid', 'Things I want to say or settle', 'there should be time for them'],
      ],
      goals: [
        [
          'where',
          'I want to be where I choose, with the people I choose',
          'it can be planned only if it is known',
        ],
      ],
      steps: [
        [
          'wishes',
          'Talk about what I want and what I do not want, and write it down',
          'others can follow it when I cannot say it',
        ],
        [
          'lead',
          'Name the health professional who leads my care',
          'one person should hold it together',
        ],
        ['family', 'Ask my family what they need, now and afterwards', 'they are part of it'],
        ['at-night', 'Make sure that help can be called at night', 'most nights are long'],
      ],
      worse: [
        [
          'amber',
          'not-eased',
          'If I have pain or distress that my usual medicine does not ease: call the palliative care number in this plan, day or night',
          'it should not wait until morning',
        ],
      ],
    }),
  },
  {
    ...{ id: 'discharge', version: '2', title: 'Home from hospital' },
    sources: [
      {
        name: 'NICE NG27',
        title:
          'Transition between inpatient hospital settings and community or care home settings for adults with social care needs',
      },
      planStandard,
    ],
    items: templateItems({
      needs: [
        ['weaker', 'Weaker than before the hospital', 'people often need more help at first'],
        ['medicines', 'Unsure which medicines are right now', 'they often change in hospital'],
      ],
      goals: [
        ['back', 'I want to be back to what I could do before', 'the person says what comes first'],
      ],
      steps: [
        [
          'call',
          'Call or visit me soon after I come home',
          'most questions come in the first days',
        ],
        [
          'compare',
          'Compare the medicines at home with the hospital’s list',
          'old and new packs get mixed up',
        ],
        ['help', 'Check that the help at home has started', 'a gap is found early'],
        ['letter', 'Read the hospital’s letter together', 'everybody should know what was found'],
      ],
      worse: [
        [
          'amber',
          'not-managing',
          'If I cannot manage at home, or feel worse than when I left: call my coordinator the same day',
          'it should not end in hospital again',
        ],
      ],
    }),
  },
]
