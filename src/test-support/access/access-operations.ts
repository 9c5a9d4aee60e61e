import { graceId } from '#demo-data/identities.ts'
import { expected, tokenScopes } from './access-expected.ts'
import { findOperationRows } from './access-find-operations.ts'
import { outcomeOperationRows } from './access-outcome-operations.ts'
import { qualityOperationRows } from './access-quality-operations.ts'
import { socialCareRows } from './access-social-care-operations.ts'
import { teamOperationRows } from './access-team-operations.ts'
import type { InitFor } from './access-users.ts'
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

const isPersonOr = (programs: readonly string[]) => (who: string) =>
  isPerson(who) || programs.includes(who)

const goal = { resourceType: 'Goal', lifecycleStatus: 'active', description: { text: 'x' } }
const all = (name: string) => ({ path: () => `$${name}` })

const ofGrace =
  (more: readonly object[]): InitFor =>
  (person) => ({
    method: 'POST',
    json: {
      resourceType: 'Parameters',
      parameter: [{ name: 'patient', valueId: person }, ...more],
    },
  })

const ofPlan = (query: string) => ({
  path: (id: string) => `CarePlan/${id === graceId ? 'open-careplan' : id}/${query}`,
  isHers: true,
})

/** Every operation that is served, by its name and where it is called. */
export const operationRows: Readonly<Record<string, OperationRow>> = {
  'everything instance': {
    ...own('everything'),
    may: isPersonOr(['laboratory, which may read all', 'program of another organisation']),
    status: 200,
  },
  'who-looked instance': { ...own('who-looked'), may: isPerson, status: 200 },
  'last-changes type': {
    path: () => 'Provenance/$last-changes',
    init: post({
      resourceType: 'Parameters',
      parameter: [{ name: 'patient', valueId: graceId }],
    }),
    may: isPerson,
    status: 200,
  },
  'house type': {
    path: () => 'CarePlan/$house',
    init: post({
      resourceType: 'Parameters',
      parameter: [{ name: 'patient', valueId: graceId }],
    }),
    may: isPerson,
    status: 200,
  },
  'last-viewed system': {
    path: () => '$last-viewed',
    init: ofGrace([]),
    isHers: true,
    may: isPerson,
    status: 200,
  },
  'mark-seen system': {
    path: () => '$mark-seen',
    init: ofGrace([{ name: 'seen', part: [{ name: 'room', valueCode: 'me' }] }]),
    isHers: true,
    may: isPerson,
    status: 400,
  },
  'plan-versions instance': { ...ofPlan('$plan-versions'), may: isPerson, status: 200 },
  'plan-at instance': { ...ofPlan('$plan-at?version=1'), may: isPerson, status: 200 },
  'turn-screen instance': {
    path: (id) => `CarePlan/${id}/$turn-screen`,
    init: nothing,
    may: isProfessional,
    status: 400,
  },
  'turned-plan instance': {
    path: (id) => `CarePlan/${id}/$turned-plan`,
    may: () => false,
    status: 403,
  },
  'turned-answer instance': {
    path: (id) => `CarePlan/${id}/$turned-answer`,
    init: nothing,
    may: () => false,
    status: 403,
  },
  'document instance': {
    ...ofPlan('$document'),
    init: nothing,
    may: (who) => isProfessional(who) || who.startsWith('grace'),
    // it is not the plan in use: plan-document.test.ts reads one that is
    status: 422,
  },
  'answered-alone type': {
    path: () => 'Observation/$answered-alone',
    init: post({
      resourceType: 'Parameters',
      parameter: [{ name: 'patient', valueId: graceId }],
    }),
    may: isPerson,
    status: 200,
  },
  'templates type': { path: () => 'PlanDefinition/$templates', may: isPerson, status: 200 },
  'template-counts type': {
    path: () => 'PlanDefinition/$template-counts',
    may: isOne(['ruth', 'admin']),
    status: 200,
  },
  'retire-template type': {
    path: () => 'PlanDefinition/$retire-template',
    init: nothing,
    may: isAdmin,
    status: 404,
  },
  'apply-template instance': {
    ...own('apply-template'),
    init: nothing,
    may: isOne(['amina', 'tom', 'patel', 'ming', 'karen']),
    status: 404,
  },
  'withheld instance': { ...own('withheld'), may: isOne(['grace']), status: 200 },
  'essentials instance': {
    ...own('essentials'),
    may: isPerson,
    status: 200,
  },
  'emergency-card instance': {
    ...own('emergency-card'),
    init: post({ resourceType: 'Parameters', parameter: [{ name: 'agreed', valueString: 'Yes' }] }),
    may: isOne(['amina', 'tom', 'grace']),
    status: 200,
  },
  'card-link instance': {
    ...own('card-link'),
    may: isOne(['amina', 'tom', 'grace']),
    status: 200,
  },
  'set-card-link instance': {
    ...own('set-card-link'),
    init: post({ resourceType: 'Parameters', parameter: [{ name: 'act', valueString: 'end' }] }),
    may: isOne(['amina', 'tom', 'grace']),
    status: 200,
  },
  'carers instance': { ...own('carers'), may: isPerson, status: 200 },
  'caring-for instance': { ...own('caring-for'), may: isOne(['grace']), status: 200 },
  'carer-offer instance': {
    ...own('carer-offer'),
    init: post({
      resourceType: 'Parameters',
      parameter: [{ name: 'carer', valueReference: { reference: 'RelatedPerson/nobody' } }],
    }),
    may: isPerson,
    status: 422,
  },
  'open-carer-record instance': {
    ...own('open-carer-record'),
    init: post({
      resourceType: 'Parameters',
      parameter: [
        { name: 'carer', valueReference: { reference: 'RelatedPerson/nobody' } },
        { name: 'agreed', valueString: 'Said yes' },
      ],
    }),
    // not a guest: they would keep it when their part here is over
    may: isOne(['amina', 'karen']),
    status: 422,
  },
  // without a name nobody is added
  'add-carer instance': { ...own('add-carer'), init: nothing, may: isPerson, status: 400 },
  'end-carer instance': {
    ...own('end-carer'),
    init: post({
      resourceType: 'Parameters',
      parameter: [{ name: 'carer', valueReference: { reference: 'RelatedPerson/nobody' } }],
    }),
    // not a guest: it may end somebody else’s access
    may: isOne(['amina', 'karen', 'grace']),
    status: 422,
  },
  'carer-ill instance': {
    ...own('carer-ill'),
    init: post({
      resourceType: 'Parameters',
      parameter: [
        { name: 'preview', valueBoolean: true },
        { name: 'carer', valueReference: { reference: 'RelatedPerson/nobody' } },
      ],
    }),
    // a carer says it of themselves, a professional of the team or the person of any carer
    may: isOne(['admin', 'amina', 'tom', 'karen', 'grace']),
    status: 422,
  },
  'shared-with-me system': { ...all('shared-with-me'), may: isPerson, status: 200 },
  'score instance': { ...own('score'), may: isPerson, status: 200 },
  'export-record instance': {
    ...own('export-record'),
    init: nothing,
    may: (who) => isProfessional(who) || who.startsWith('grace'),
    status: 200,
  },
  'end-break-glass instance': {
    ...own('end-break-glass'),
    init: nothing,
    may: isPerson,
    status: 200,
  },
  'validate instance': {
    path: () => 'Goal/open-goal/$validate?mode=delete',
    init: nothing,
    may: isPersonOr(Object.keys(tokenScopes).filter((who) => !who.includes('only write'))),
    status: 200,
  },
  'validate type': {
    path: () => 'Goal/$validate',
    init: post({ ...goal, subject: { reference: `Patient/${graceId}` } }),
    may: isPersonOr(Object.keys(tokenScopes).filter((who) => !who.includes('only write'))),
    status: 200,
  },
  ...teamOperationRows,
  'find-people type': {
    path: () => 'Patient/$find-people',
    init: nothing,
    may: (who) => isProfessional(who) || isAdmin(who),
    status: 200,
  },
  'decide-people type': {
    path: () => 'Patient/$decide-people',
    init: nothing,
    may: isProfessional,
    // decides nothing without a decision
    status: 400,
  },
  'export-people type': {
    path: () => 'Patient/$export-people',
    init: nothing,
    may: isOne(['amina', 'tom', 'patel', 'ming', 'karen', 'stranger', 'ruth']),
    // exports nothing without saying what for
    status: 400,
  },
  'search-people type': {
    path: () => 'Patient/$search-people',
    init: nothing,
    may: isOne(['amina', 'tom', 'patel', 'ming', 'karen', 'stranger', 'admin']),
    status: 200,
  },
  'saved-lists type': {
    path: () => 'Group/$saved-lists',
    may: isOne(['amina', 'tom', 'patel', 'ming', 'karen', 'stranger', 'admin']),
    status: 200,
  },
  'save-list type': {
    path: () => 'Group/$save-list',
    init: nothing,
    may: isOne(['amina', 'tom', 'patel', 'ming', 'karen', 'stranger', 'admin']),
    status: 400,
  },
  'delete-list type': {
    path: () => 'Group/$delete-list',
    init: nothing,
    may: isOne(['amina', 'tom', 'patel', 'ming', 'karen', 'stranger', 'admin']),
    status: 404,
  },
  'mark-list-seen type': {
    path: () => 'Group/$mark-list-seen',
    init: nothing,
    may: isOne(['amina', 'tom', 'patel', 'ming', 'karen', 'stranger', 'admin']),
    status: 404,
  },
  'residents type': {
    path: () => 'Patient/$residents',
    init: post({
      resourceType: 'Parameters',
      parameter: [{ name: 'home', valueString: 'Brook House' }],
    }),
    may: (who) => isProfessional(who) || isAdmin(who),
    status: 200,
  },
  'roster type': {
    path: () => 'Patient/$roster',
    may: (who) => isProfessional(who) || isOne(['ruth', 'admin'])(who),
    status: 200,
  },
  'data-quality type': {
    path: () => 'Patient/$data-quality',
    may: (who) => isProfessional(who) || isOne(['ruth', 'admin'])(who),
    status: 200,
  },
  'take-whole-list system': {
    ...all('take-whole-list'),
    init: post({
      resourceType: 'Parameters',
      parameter: [{ name: 'organisation', valueString: 'brook-surgery' }],
    }),
    may: isOne(['amina', 'admin']),
    status: 422,
  },
  'undo-whole-list system': { ...all('undo-whole-list'), init: nothing, may: isAdmin, status: 400 },
  'social-care system': { ...all('social-care'), may: isProfessional, status: 200 },
  ...socialCareRows,
  'in-hospital system': { ...all('in-hospital'), may: isProfessional, status: 200 },
  'referrals system': { ...all('referrals'), may: isProfessional, status: 200 },
  'request-coordinator instance': {
    ...own('request-coordinator'),
    init: post({
      resourceType: 'Parameters',
      parameter: [{ name: 'why', valueString: 'Nobody tells the others' }],
    }),
    may: isOne(['amina', 'tom', 'patel', 'ming', 'karen', 'grace', 'chidi']),
    // Grace has a case, whose coordinator is asked instead
    status: 422,
  },
  'population system': {
    ...all('population'),
    may: (who) => isProfessional(who) || isOne(['ruth', 'admin'])(who),
    status: 200,
  },
  'extract system': {
    ...all('extract'),
    init: nothing,
    may: isOne(['admin']),
    // nothing without saying what for
    status: 400,
  },
  'matched-evaluation system': {
    ...all('matched-evaluation'),
    may: (who) => isProfessional(who) || isOne(['ruth', 'admin'])(who),
    status: 200,
  },
  'free-places system': { ...all('free-places'), may: isProfessional, status: 200 },
  'set-places system': {
    ...all('set-places'),
    init: nothing,
    may: (who) => isProfessional(who) || isOne(['ruth', 'admin'])(who),
    status: 400,
  },
  ...findOperationRows,
  ...outcomeOperationRows,
  ...qualityOperationRows,
  'possible-duplicates system': {
    ...all('possible-duplicates'),
    may: (who) => isProfessional(who) || isAdmin(who),
    status: 200,
  },
  'decide-alike system': {
    ...all('decide-alike'),
    init: nothing,
    may: isOne(['amina', 'admin']),
    status: 400,
  },
  'records-since-join system': {
    ...all('records-since-join'),
    may: isAdmin,
    status: 200,
  },
  'join-records system': { ...all('join-records'), init: nothing, may: isAdmin, status: 400 },
  'part-records system': { ...all('part-records'), init: nothing, may: isAdmin, status: 400 },
  'measures system': { ...all('measures'), may: isOne(['ruth', 'admin']), status: 200 },
  'break-glass system': { ...all('break-glass'), init: nothing, may: isProfessional, status: 400 },
  'verify-trail system': { ...all('verify-trail'), may: isAdmin, status: 200 },
  'kept-aside system': { ...all('kept-aside'), may: isAdmin, status: 200 },
  'settle-kept-aside system': {
    ...all('settle-kept-aside'),
    init: nothing,
    may: isAdmin,
    status: 400,
  },
  'backup system': { ...all('backup'), init: nothing, may: isAdmin, status: 200 },
  'restore system': { ...all('restore'), init: nothing, may: isAdmin, status: 422 },
  'import system': {
    ...all('import'),
    init: post({ resourceType: 'Bundle', type: 'collection', entry: [] }),
    may: isOne(['amina', 'admin']),
    status: 200,
  },
}

/** The expected answer for each of those of `access-expected.ts`. */
export function statusFor(who: string, { isHers, may, status }: OperationRow): number {
  const reachesHer = expected[who]?.('Patient', 'open') ?? false
  if (who in tokenScopes && !may(who)) return 403
  if (isHers && !reachesHer) return 404
  return may(who) ? status : 403
}

/** Words that reveal a record: as itself or, if no record is shown, by any mention. */
export const tellsOf = (text: string, id: string): boolean => text.includes(`"id":"${id}"`)
