import {
  isAdmin,
  isOne,
  isPerson,
  isProfessional,
  nothing,
  type OperationRow,
  own,
  post,
} from './operation-row.ts'

/** The operations of Find people that are about rules and programmes, and those of rules on answers. */
export const findOperationRows: Readonly<Record<string, OperationRow>> = {
  'answer-rules type': {
    path: () => 'PlanDefinition/$answer-rules',
    may: (who) => isProfessional(who) || isOne(['ruth', 'admin'])(who),
    status: 200,
  },
  'answer-rule-counts type': {
    path: () => 'PlanDefinition/$answer-rule-counts',
    may: isOne(['ruth', 'admin']),
    status: 200,
  },
  'try-answer-rule type': {
    path: () => 'PlanDefinition/$try-answer-rule',
    init: nothing,
    may: isOne(['ruth', 'admin']),
    status: 404,
  },
  'start-answer-rule type': {
    path: () => 'PlanDefinition/$start-answer-rule',
    init: nothing,
    may: isOne(['ruth', 'admin']),
    status: 404,
  },
  'answer-rule-people type': {
    path: () => 'PlanDefinition/$answer-rule-people',
    init: nothing,
    may: isProfessional,
    status: 404,
  },
  'switch-answer-rule type': {
    path: () => 'PlanDefinition/$switch-answer-rule',
    init: nothing,
    may: isOne(['ruth', 'admin']),
    status: 404,
  },
  'care-card-list type': {
    path: () => 'PlanDefinition/$care-card-list',
    may: (who) => isProfessional(who) || isOne(['ruth', 'admin'])(who),
    status: 200,
  },
  'switch-care-card type': {
    path: () => 'PlanDefinition/$switch-care-card',
    init: nothing,
    may: isOne(['ruth', 'admin']),
    status: 404,
  },
  'care-cards instance': { ...own('care-cards'), may: isProfessional, status: 200 },
  'suggest-step instance': {
    ...own('suggest-step'),
    init: nothing,
    may: isOne(['amina', 'tom', 'patel', 'ming', 'karen']),
    status: 404,
  },
  'rules type': {
    path: () => 'PlanDefinition/$rules',
    may: (who) => isProfessional(who) || isOne(['ruth', 'admin'])(who),
    status: 200,
  },
  'rule type': {
    path: () => 'PlanDefinition/$rule',
    init: nothing,
    may: (who) => isProfessional(who) || isOne(['ruth', 'admin'])(who),
    status: 400,
  },
  ...Object.fromEntries(
    [
      'save-rule',
      'try-rule',
      'rule-people',
      'judge-rule-person',
      'ask-rule',
      'end-rule',
      'run-rule',
    ].map((name) => [
      `${name} type`,
      { path: () => `PlanDefinition/$${name}`, init: nothing, may: isProfessional, status: 400 },
    ]),
  ),
  'answer-rule type': {
    path: () => 'PlanDefinition/$answer-rule',
    init: nothing,
    may: isOne(['amina', 'patel']),
    status: 400,
  },
  ...Object.fromEntries(
    ['meeting-agenda', 'meetings'].map((name) => [
      `${name} type`,
      { path: () => `Appointment/$${name}`, may: isProfessional, status: 200 },
    ]),
  ),
  'message-readers instance': { ...own('message-readers'), may: isPerson, status: 200 },
  'messages type': {
    path: () => 'Communication/$messages',
    may: isProfessional,
    status: 200,
  },
  ...Object.fromEntries(
    ['meeting', 'plan-meeting', 'meeting-step', 'record-decision', 'meeting-letter'].map((name) => [
      `${name} type`,
      { path: () => `Appointment/$${name}`, init: nothing, may: isProfessional, status: 400 },
    ]),
  ),
  'feeds system': {
    path: () => '$feeds',
    may: (who) => isProfessional(who) || isOne(['ruth', 'admin'])(who),
    status: 200,
  },
  'score-directions system': {
    path: () => '$score-directions',
    may: (who) => isProfessional(who) || isOne(['ruth', 'admin'])(who),
    status: 200,
  },
  'add-library type': {
    path: () => 'Questionnaire/$add-library',
    init: nothing,
    may: isAdmin,
    status: 200,
  },
  'acknowledge-licence type': {
    path: () => 'Questionnaire/$acknowledge-licence',
    init: nothing,
    may: isAdmin,
    // without the name of a licensed questionnaire
    status: 422,
  },
  'score-direction system': {
    path: () => '$score-direction',
    init: nothing,
    may: isAdmin,
    status: 400,
  },
  'activity instance': {
    ...own('activity'),
    may: (who) => isProfessional(who) || isAdmin(who),
    status: 200,
  },
  'score-history instance': { ...own('score-history'), may: isPerson, status: 200 },
  'programmes type': {
    path: () => 'PlanDefinition/$programmes',
    may: (who) => isProfessional(who) || isOne(['ruth', 'admin'])(who),
    status: 200,
  },
  'save-programme type': {
    path: () => 'PlanDefinition/$save-programme',
    init: post({
      resourceType: 'Parameters',
      parameter: [{ name: 'id', valueId: 'new-programme' }],
    }),
    may: isAdmin,
    // a programme without a name
    status: 422,
  },
  'programme-people instance': {
    path: () => 'PlanDefinition/nothing-here/$programme-people',
    may: (who) => isProfessional(who) || isAdmin(who),
    status: 404,
  },
  'person-programmes instance': {
    ...own('person-programmes'),
    may: isOne(['amina', 'tom', 'patel', 'ming', 'karen', 'stranger', 'grace', 'admin']),
    status: 200,
  },
  'programme-step instance': {
    ...own('programme-step'),
    init: post({
      resourceType: 'Parameters',
      parameter: [
        { name: 'kind', valueCode: 'ended' },
        { name: 'reason', valueCode: 'asked-to-stop' },
        { name: 'entry', valueString: 'nothing-here' },
      ],
    }),
    may: isOne(['amina', 'tom', 'patel', 'ming', 'karen', 'grace']),
    status: 404,
  },
}
