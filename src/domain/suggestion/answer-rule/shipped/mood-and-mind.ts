import type { AnswerRule } from '#domain/suggestion/answer-rule/answer-rule.ts'
import { rulesFor } from './rules-for.ts'

export const moodAndMindRules: readonly AnswerRule[] = [
  ...rulesFor('phq-9', [
    {
      code: 'low-mood',
      when: ['score from 10'],
      ...{ kind: 'need', words: 'Low mood: talk about support' },
      because: '{score} of 27 on PHQ-9',
      source: 'Kroenke 2001, J Gen Intern Med 16:606–613',
    },
  ]),
  ...rulesFor('phq-2', [
    {
      code: 'phq-2-more',
      when: ['band is ask-phq-9'],
      ...{ kind: 'assessment', words: 'PHQ-9: all nine questions about mood', next: 'phq-9' },
      because: '{score} of 6 on the first two questions about mood',
      source: 'Kroenke 2003, Med Care 41:1284–1292',
    },
  ]),
  ...rulesFor('gad-7', [
    {
      code: 'gad-worry',
      when: ['score from 10'],
      ...{ kind: 'need', words: 'Worry that does not stop: talk about support' },
      because: '{score} of 21 on GAD-7',
      ...{ source: 'Spitzer 2006, Arch Intern Med 166:1092–1097', isUnverified: true },
    },
  ]),
  ...rulesFor('who-5', [
    {
      code: 'who-5-mood',
      when: ['band is ask-about-mood'],
      ...{ kind: 'assessment', words: 'PHQ-9: questions about mood', next: 'phq-9' },
      because: '{score} of 100 on WHO-5',
      source: 'WHO-5 manual: 50 or less',
    },
  ]),
  ...rulesFor('4at', [
    {
      code: '4at-delirium',
      when: ['band is delirium'],
      ...{ kind: 'task', days: 0, words: 'Tell the GP today: possible delirium' },
      because: '{score} on 4AT',
      ...{ source: 'After the idea of NICE CG103, Delirium', isUnverified: true },
    },
    {
      code: '4at-memory',
      when: ['band is cognitive-impairment'],
      ...{ kind: 'task', days: 28, words: 'Ask the GP about a memory check' },
      because: '{score} on 4AT',
      ...{ source: 'After the idea of NICE NG97, Dementia (2018)', isUnverified: true },
    },
  ]),
  ...rulesFor('ucla-3', [
    {
      code: 'lonely-link',
      when: ['band is lonely'],
      ...{ kind: 'referral', words: 'Social prescribing: company, and things to do' },
      because: '{score} of 9 on three questions about loneliness',
      isUnverified: true,
    },
  ]),
  ...rulesFor('carer-strain-conversation', [
    {
      code: 'carer-assess',
      when: ['break is no'],
      ...{ kind: 'task', days: 14, words: 'Offer a carer’s assessment' },
      because: 'the carer cannot take a break when one is needed',
      source: 'After the duty in the Care Act 2014, section 10',
    },
    {
      code: 'carer-cannot',
      when: ['willing is no'],
      ...{
        kind: 'task',
        days: 2,
        words: 'The carer cannot go on as now: talk about what can change',
      },
      because: 'not able or willing to go on as now',
      source: 'After the duty in the Care Act 2014, section 10',
    },
    {
      code: 'carer-health',
      when: ['health is yes'],
      ...{ kind: 'task', days: 14, words: 'Ask the practice for a health check for the carer' },
      because: 'caring has affected the carer’s own health',
      source: 'After the idea of NICE NG150, Supporting adult carers (2020)',
    },
    {
      code: 'carer-lifting',
      when: ['lifting is yes'],
      ...{ kind: 'referral', words: 'Occupational therapy: lifting and moving safely' },
      because: 'lifts or moves the person without having been shown how',
    },
  ]),
  ...rulesFor('carer-strain-index', [
    {
      code: 'carer-strain',
      when: ['score from 1'],
      ...{ kind: 'assessment', next: 'carer-strain-conversation' },
      words: 'The carer’s conversation about strain',
      because: '{score} of 26 on the Modified Caregiver Strain Index',
    },
  ]),
]
