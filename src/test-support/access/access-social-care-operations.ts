import { isOne, isProfessional, nothing, type OperationRow, own } from './operation-row.ts'

/** Support plans and packages of care. */
export const socialCareRows: Readonly<Record<string, OperationRow>> = {
  'keep-support-plan instance': {
    ...own('keep-support-plan'),
    init: nothing,
    may: isOne(['amina', 'tom', 'karen']),
    status: 400,
  },
  'answer-support-plan instance': {
    ...own('answer-support-plan'),
    init: nothing,
    may: isOne(['amina', 'tom', 'karen', 'grace']),
    status: 400,
  },
  'keep-care-package instance': {
    ...own('keep-care-package'),
    init: nothing,
    may: isOne(['amina', 'tom', 'karen']),
    status: 400,
  },
  'missed-visit instance': {
    ...own('missed-visit'),
    init: nothing,
    // a carer only with support shared for writing
    may: isOne(['amina', 'tom', 'karen', 'grace']),
    status: 400,
  },
  'support-plan-step instance': {
    ...own('support-plan-step'),
    init: nothing,
    may: isOne(['amina', 'tom', 'karen']),
    status: 400,
  },
  'safeguarding system': { path: () => '$safeguarding', may: isProfessional, status: 200 },
  'raise-concern system': {
    path: () => '$raise-concern',
    init: nothing,
    may: (who) => isProfessional(who) || isOne(['grace', 'chidi'])(who),
    // about nobody
    status: 404,
  },
  'safeguarding-step system': {
    path: () => '$safeguarding-step',
    init: nothing,
    may: isProfessional,
    status: 404,
  },
}
