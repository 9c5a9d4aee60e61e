import type { AnswerRule } from '#domain/suggestion/answer-rule/answer-rule.ts'
import { rulesFor } from './rules-for.ts'

const falls = 'After the idea of NICE NG249, Falls: assessment and prevention (2025)'

/** Our own words. Numbers that were not checked against the source say so. */
export const fallsAndMovingRules: readonly AnswerRule[] = [
  ...rulesFor('falls-checklist', [
    {
      code: 'falls-again',
      when: ['fallen is yes', 'how-many from 2'],
      ...{ kind: 'need', words: 'Falling again and again', isUnverified: true, source: falls },
      because: '{how-many} falls in the last year',
    },
    {
      code: 'falls-blackout',
      when: ['blackout is yes'],
      ...{ kind: 'task', days: 2, source: falls },
      words: 'Ask the GP to look into the faint or blackout',
      because: 'fainted, blacked out, or does not know why the fall happened',
    },
    {
      code: 'falls-night',
      when: ['fallen is yes', 'night is yes'],
      ...{ kind: 'need', words: 'Safe to the toilet at night' },
      because: 'a fall, and getting up at night',
    },
    {
      code: 'falls-balance',
      when: ['fallen is yes', 'unsteady is yes'],
      ...{ kind: 'referral', words: 'Physiotherapy: strength and balance', source: falls },
      because: 'a fall, and unsteady when walking or turning',
    },
    {
      code: 'falls-timed',
      when: ['unsteady is yes'],
      ...{ kind: 'assessment', words: 'Timed up and go', next: 'timed-up-and-go', source: falls },
      because: 'unsteady when walking or turning',
    },
    {
      code: 'falls-dizzy',
      when: ['dizzy is yes'],
      ...{ kind: 'task', days: 7, source: falls },
      words: 'Measure blood pressure lying and standing',
      because: 'dizzy on standing up',
    },
    {
      code: 'falls-home',
      when: ['fallen is yes'],
      ...{ kind: 'assessment', next: 'home-safety-checklist', source: falls },
      words: 'Home safety checklist',
      because: 'a fall in the last year',
    },
    {
      code: 'falls-afraid',
      when: ['afraid is yes'],
      ...{ kind: 'need', words: 'Afraid of falling', source: falls },
      because: 'afraid of falling',
    },
    {
      code: 'falls-sight',
      when: ['sight is yes'],
      ...{ kind: 'task', days: 28, source: falls },
      words: 'Arrange an eye test',
      because: 'trouble seeing, or new glasses',
    },
    {
      code: 'falls-feet',
      when: ['feet is yes'],
      ...{ kind: 'referral', words: 'Podiatry: painful feet, or shoes that slip', source: falls },
      because: 'painful feet, or shoes that slip',
    },
    {
      code: 'falls-alarm',
      when: ['help-call is no'],
      ...{ kind: 'task', days: 7 },
      words: 'Talk about a way to call for help after a fall',
      because: 'cannot call for help after a fall',
    },
  ]),
  ...rulesFor('timed-up-and-go', [
    {
      code: 'tug-slow',
      when: ['band is twelve-or-more'],
      ...{ kind: 'referral', words: 'Physiotherapy: strength and balance' },
      because: '{score} seconds to get up and go',
      source: 'After the limit of 12 seconds of CDC STEADI, Timed Up & Go (2017)',
    },
  ]),
  ...rulesFor('gait-speed', [
    {
      code: 'gait-slow',
      when: ['band is slow'],
      ...{ kind: 'assessment', words: 'PRISMA-7: signs of frailty', next: 'prisma-7' },
      because: 'walking at {score} metres a second',
      ...{ source: 'After the idea of BGS, Fit for Frailty (2014)', isUnverified: true },
    },
  ]),
  ...rulesFor('prisma-7', [
    {
      code: 'frailty-review',
      when: ['score from 3'],
      ...{ kind: 'need', words: 'Living with frailty: further review' },
      because: '{score} of 7 on PRISMA-7',
      source: 'NICE NG56, Multimorbidity (2016)',
    },
  ]),
  ...rulesFor('clinical-frailty-scale', [
    {
      code: 'cfs-review',
      when: ['band is five-or-more'],
      ...{ kind: 'task', days: 28 },
      words: 'Review medicines and the plan for bad days with the GP',
      because: 'level {score} on the Clinical Frailty Scale',
    },
  ]),
  ...rulesFor('home-safety-checklist', [
    {
      code: 'home-smoke',
      when: ['smoke is no'],
      ...{ kind: 'referral', words: 'Fire service: a safe and well visit' },
      because: 'no smoke alarm that works',
    },
    {
      code: 'home-fire',
      when: ['fire-risk is yes'],
      ...{ kind: 'referral', words: 'Fire service: a safe and well visit' },
      because: 'a special fire risk at home',
    },
    {
      code: 'home-warm',
      when: ['warm is no'],
      ...{ kind: 'task', days: 7, words: 'Help with a warm home and its costs' },
      because: 'the home is not warm enough, or too dear to heat',
    },
    {
      code: 'home-bath',
      when: ['bathroom is no'],
      ...{ kind: 'referral', words: 'Occupational therapy: bath, shower and toilet' },
      because: 'bath, shower or toilet is not safe to use',
    },
    {
      code: 'home-callers',
      when: ['callers is no'],
      ...{ kind: 'task', days: 2, words: 'Talk about who comes to the door' },
      because: 'does not feel safe with who comes to the door',
    },
  ]),
]
