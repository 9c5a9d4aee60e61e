import type { Template, TemplateSource } from './template.ts'
import { templateItems } from './template-items.ts'

/** The heading of the shared plan that every template fills. */
export const planStandard: TemplateSource = {
  name: 'PRSB',
  title: 'Personalised care and support plan standard',
}

/** Templates for long-term conditions. Our own words; no number that a clinician would have to check. */
export const conditionTemplates: readonly Template[] = [
  {
    ...{ id: 'falls', version: '2', title: 'Falls' },
    sources: [
      {
        name: 'NICE NG249',
        title:
          'Falls: assessment and prevention in older people and in people 50 and over at higher risk',
      },
      planStandard,
    ],
    items: templateItems({
      needs: [
        ['unsteady', 'Unsteady on my feet', 'somebody who has fallen may fall again'],
        ['afraid', 'Afraid of falling', 'fear keeps people indoors, and that makes them weaker'],
      ],
      goals: [['get-about', 'I want to get about without falling', 'moving safely is the aim']],
      steps: [
        [
          'home-check',
          'Look at the home together for what could trip me',
          'many falls happen at home',
        ],
        [
          'strength',
          'Find exercises for strength and balance that I like',
          'strength can be regained',
        ],
        [
          'medicines',
          'Ask the pharmacist which medicines could make me dizzy',
          'some medicines add to the risk',
        ],
        [
          'eyes-feet',
          'Have eyes, feet and shoes looked at',
          'seeing and standing well prevent falls',
        ],
      ],
      worse: [
        [
          'red',
          'after-fall',
          'If I have fallen and cannot get up, or have hit my head: stay warm, do not struggle, press the alarm or call 999',
          'everybody should know what to do after a fall',
        ],
      ],
    }),
  },
  {
    ...{ id: 'heart-failure', version: '2', title: 'Heart failure' },
    sources: [
      { name: 'NICE NG106', title: 'Chronic heart failure in adults: diagnosis and management' },
      planStandard,
    ],
    items: templateItems({
      needs: [
        ['breath', 'Short of breath when I do things', 'it limits what people can do'],
        [
          'swelling',
          'Swollen legs, or weight that goes up',
          'it can be the first sign that things get worse',
        ],
      ],
      goals: [
        [
          'active',
          'I want to do what I enjoy without losing my breath',
          'the person chooses what to be active for',
        ],
      ],
      steps: [
        [
          'weigh',
          'Agree when I weigh myself and who looks at it',
          'a change in weight is seen early',
        ],
        [
          'rehab',
          'Ask about a rehabilitation programme for the heart',
          'people feel better and do more after it',
        ],
        [
          'medicines',
          'Go through my heart medicines with somebody I can ask',
          'people who know why take them more safely',
        ],
      ],
      worse: [
        [
          'amber',
          'weight-up',
          'If my weight goes up over a few days, or I need more pillows to sleep: call my heart failure nurse or my surgery the same day',
          'treatment early can avoid a hospital stay',
        ],
        [
          'red',
          'no-breath',
          'If I cannot get my breath when I rest, or have chest pain: call 999',
          'this is an emergency',
        ],
      ],
    }),
  },
  {
    ...{ id: 'copd', version: '2', title: 'COPD' },
    sources: [
      {
        name: 'NICE NG115',
        title: 'Chronic obstructive pulmonary disease in over 16s: diagnosis and management',
      },
      planStandard,
    ],
    items: templateItems({
      needs: [
        ['breath', 'Breathless in daily life', 'it decides what a day looks like'],
        [
          'smoke',
          'Smoke at home, mine or somebody else’s',
          'stopping is the step that changes most',
        ],
      ],
      goals: [
        ['further', 'I want to walk further before I have to stop', 'the person says where to'],
      ],
      steps: [
        ['rehab', 'Ask about pulmonary rehabilitation', 'people are less breathless after it'],
        [
          'inhaler',
          'Have somebody watch how I use my inhaler',
          'an inhaler helps only if the medicine arrives',
        ],
        ['vaccines', 'Ask which vaccinations I can have', 'infections make the lungs worse'],
        ['stop-smoking', 'Talk with a stop smoking adviser', 'help makes it more likely to work'],
      ],
      worse: [
        [
          'amber',
          'flare',
          'If I am more breathless than usual, or have more phlegm or phlegm of another colour: follow my plan for flare-ups and call my surgery the same day',
          'a flare-up is treated best at its start',
        ],
        [
          'red',
          'no-breath',
          'If I am too breathless to speak, or confused: call 999',
          'this is an emergency',
        ],
      ],
    }),
  },
  {
    ...{ id: 'diabetes', version: '2', title: 'Diabetes' },
    sources: [{ name: 'NICE NG28', title: 'Type 2 diabetes in adults: management' }, planStandard],
    items: templateItems({
      needs: [
        ['feet', 'Feet that need watching', 'a small wound can be missed'],
        ['burden', 'Tired of living with diabetes', 'it is hard work, and worth saying'],
      ],
      goals: [
        [
          'everyday',
          'I want diabetes to take up less of my day',
          'the treatment should fit the person’s life',
        ],
      ],
      steps: [
        [
          'course',
          'Find a course for people with diabetes near me',
          'people who know more feel surer',
        ],
        [
          'eyes-feet',
          'Make sure that my eyes and feet are checked',
          'problems are found while they are small',
        ],
        [
          'targets',
          'Agree together which results we aim for',
          'what is right differs from person to person',
        ],
      ],
      worse: [
        [
          'amber',
          'high-low',
          'If I am very thirsty and pass much water, or am shaky and sweaty: do what my diabetes plan says and call my surgery the same day',
          'sugar may be too high or too low',
        ],
        [
          'red',
          'drowsy',
          'If I am drowsy, am sick again and again, or cannot be woken: call 999',
          'this is an emergency',
        ],
      ],
    }),
  },
  {
    ...{ id: 'dementia', version: '2', title: 'Dementia' },
    sources: [
      {
        name: 'NICE NG97',
        title:
          'Dementia: assessment, management and support for people living with dementia and their carers',
      },
      planStandard,
    ],
    items: templateItems({
      needs: [
        [
          'remember',
          'Trouble remembering or finding words',
          'others can make talking easier if they know',
        ],
        ['safe-out', 'Losing the way', 'people should be able to go out and be found'],
      ],
      goals: [
        [
          'same-life',
          'I want to go on with what I have always done',
          'what is familiar gives strength',
        ],
      ],
      steps: [
        [
          'one-contact',
          'Name one person we can call about everything',
          'one known contact saves many calls',
        ],
        [
          'later-wishes',
          'Talk about what I would want later, while I can say it myself',
          'wishes can be followed only if they are known',
        ],
        [
          'activities',
          'Find activities that I enjoy, alone and with others',
          'pleasure and company keep people well',
        ],
        [
          'carer-course',
          'Offer my family training and somebody to talk to',
          'carers cope better with help',
        ],
      ],
      worse: [
        [
          'amber',
          'sudden',
          'If I am suddenly more confused, sleepy or upset than usual: call my surgery the same day',
          'something that can be treated may be behind it',
        ],
      ],
    }),
  },
]
