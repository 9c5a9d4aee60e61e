import type { Parameters } from '@medplum/fhirtypes'
import { isStaff, namesOf } from '#domain/access/actor.ts'
import {
  type FoundPerson,
  findPeopleRequest,
  foundPeople,
  workingOut,
} from '#domain/case/find-people.ts'
import { roundedMeasure } from '#domain/population/shown-counts.ts'
import { mayReadRules } from '#domain/rule/may-write-rules.ts'
import type { RuleVersion } from '#domain/rule/rule-version.ts'
import type { Changeable } from '#domain/stratification/changeable.ts'
import { needFlagsFor } from '#domain/stratification/need-flags.ts'
import { note } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import { countBySums } from '#server/operations/lists/count-by-sums.ts'
import { countPlainly, type ListCount } from '#server/operations/lists/count-plainly.ts'
import {
  type LeftToWorkOut,
  leftToWorkOut,
  nothingLeft,
} from '#server/operations/lists/left-to-work-out.ts'
import { listNews } from '#server/operations/lists/list-news.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { freshenRules } from '#server/operations/rules/run-rules.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { Params } from '#server/store/params.ts'
import { chanceBeforeSql } from '#server/store/summary/chance-before-sql.ts'
import { freshenPatientSummaries } from '#server/store/summary/freshen-patient-summaries.ts'
import { type FindPeople, findPeopleAsked, type PlacingOrder } from './find-people-request.ts'
import {
  baseSql,
  inOrderSql,
  isDue,
  listedSql,
  orderSql,
  shownNamedSql,
} from './find-people-sql.ts'

type Row = Readonly<Record<string, unknown>> & Readonly<{ person: string }>

/**
 * The worklist of people who could be helped, within what the caller can see; people who died, or left the list of
 * their practice and have no open case, and records that are no longer in use, are left out. A person searched for by a whole name or number is found whatever the filters. Ordered
 * by frailty count, then Charlson, then emergency visits and stays, which is our own; or by the chance of an emergency
 * stay as it was counted here, with or without what could be changed before it. None is a validated prediction. Who
 * said no to being looked for is in no answer, whatever is asked.
 */
export const findPeopleOperation: Operation = {
  name: 'find-people',
  on: 'type',
  type: 'Patient',
  changes: false,
  purpose:
    'People who could be helped, with the counts for each filter: text, band, condition, known, segment, changeable, flag (a need that no score counts: coordination-risk, persistent-high-use), ageFrom, ageTo, unscored, rule (one that is switched on: whom its last run found), count, offset, asItIs (works out nobody first), leftOnly (answers only notWorkedOut: how many of the people whom the caller may be shown are shown as they were before; and stepsLeft: how many of their rows, costs and chances are left), cohort (a saved list, which has its own filters), and order (frailty, or the chance of an emergency stay as it was counted here: chance, changeable, line; cost of the last twelve whole months, as it was sent: cost; a score from elsewhere: outside:qadmissions, outside:efi2, outside:pam-level, outside:pam-score, or one that an administrator gave a direction; suggested). Whom an order cannot place is listed apart (unscored)',
  async run(call) {
    const { actor, context } = call
    if (!isStaff(actor) && actor.role !== 'admin')
      throw forbidden('Only people who care for others can list people')
    const { asItIs, leftOnly } = askedParameters(call, findPeopleRequest)
    const left = await workOutList(call, asItIs)
    if (leftOnly) return workingOut.write(said(left))
    const { counted, request, rules } = await listAsked(call)
    // before the page: nobody who comes meanwhile can be marked as seen
    const news = await listNews(call, request)
    const rows = await pageOfPeople(call, request)
    const areRulesInUse = rules.length > 0
    const counts = await standing(
      call,
      { ...request, areRulesInUse, left },
      async () =>
        (await countBySums(call, request, areRulesInUse)) ?? (await countPlainly(call, request)),
    )
    const shown = new Set([...rows, ...(await described(call, request, counts))].map(personOf))
    const what = new Map([...shown].map((person) => [person, [`Patient/${person}`]]))
    await note(context, what, { act: 'R', way: '$find-people' })
    return answer(rows, counts, {
      ...{ countedOn: counted.day, order: request.order, news, rules, left },
      me: namesOf(actor),
    })
  },
}

/** Whoever opens a list waits so many milliseconds for it to be worked out; the rest is for whoever asks again. */
const longestWait = 1_000

async function workOutList(call: OperationCall, asItIs: boolean | undefined) {
  const [{ sql }, clock] = [call.context.service, { now: call.now, zone: call.context.zone }]
  const isDone = !asItIs && (await freshenPatientSummaries(sql, clock, longestWait))
  return isDone ? nothingLeft : await leftToWorkOut(call)
}

const said = ({ people, steps }: LeftToWorkOut) =>
  people > 0 ? { notWorkedOut: people, stepsLeft: steps } : {}

/** The list that is asked for, as it stands. */
export async function listAsked(call: OperationCall) {
  const counted = await chanceCount(call)
  const request = await findPeopleAsked(call, counted.enough ? 'chance' : 'frailty')
  const rules = await rulesInUse(call)
  mustBeInUse(request, rules)
  return { counted, request, rules }
}

/** Those of the caller’s organisation that are switched on, each run today. */
async function rulesInUse({ actor, context, now, today }: OperationCall) {
  if (!mayReadRules(actor)) return []
  const { organisation = '' } = actor
  return await freshenRules(context.service.sql, { now, today, organisation })
}

function mustBeInUse({ rule }: FindPeople, rules: readonly RuleVersion[]): void {
  if (rule && !rules.some((each) => each.rule === rule))
    throw new FhirProblem(404, 'not-found', 'There is no such rule, or it is not switched on')
}

const personOf = ({ person }: Pick<Row, 'person'>) => person

/**
 * A count of so few people describes them: a user who asks for it has seen something about each, on whatever page and
 * even if no row was shown.
 */
const few = 5

async function described(
  call: OperationCall,
  request: FindPeople,
  counts: readonly ListCount[],
): Promise<readonly Pick<Row, 'person'>[]> {
  const total = counts.find((each) => each.facet === 'total')?.count ?? 0
  const listed = total < few ? await pageOfPeople(call, { ...request, count: few, offset: 0 }) : []
  const isChosen = request.words.length > 0 || request.ageFrom !== undefined
  if (!isChosen && request.ageTo === undefined && total >= few) return listed
  const params = new Params()
  const shown = shownNamedSql(call, request, params)
  const { rows } = await call.sql.query<Pick<Row, 'person'>>(
    `select p.person from person_row p where ${shown} and ${baseSql(call, request, params)} limit ${few}`,
    params.values,
  )
  return [...listed, ...(rows.length < few ? rows : [])]
}

/** Inside a transaction its own writes count, and nobody else may get that count. */
async function standing(
  { context, scope, now, today }: OperationCall,
  request: FindPeople & Readonly<{ areRulesInUse: boolean; left: LeftToWorkOut }>,
  count: () => Promise<readonly ListCount[]>,
): Promise<readonly ListCount[]> {
  const { counts } = context.service
  if (!counts || context.inTransaction) return await count()
  const { count: _count, offset: _offset, ...narrowing } = request
  return await counts(JSON.stringify([scope, today, narrowing]), now, count)
}

/** Who is due comes first; they are few, and read apart, so that the rest is read in the order of an index. */
export async function pageOfPeople(
  call: OperationCall,
  request: FindPeople,
): Promise<readonly Row[]> {
  const due = await pageOf(call, { ...request, count: mostDue, offset: 0 }, 'due')
  const first = due.slice(request.offset, request.offset + request.count)
  const count = request.count - first.length
  if (count === 0) return first
  const offset = Math.max(0, request.offset - due.length)
  return [...first, ...(await pageOf(call, { ...request, count, offset }, 'others'))]
}

/** More are never due on one day: whoever comes after them is found among the others the day after. */
const mostDue = 500

async function pageOf(
  call: OperationCall,
  request: FindPeople,
  which: 'due' | 'others',
): Promise<readonly Row[]> {
  const params = new Params()
  const listed = listedSql(call, request, params)
  const order = orderSql(request.order)
  const { rows } = await call.sql.query<Row>(
    `select ${columns} from person_row p left join chance_of c on c.likeness = p.likeness
     where ${which === 'due' ? isDue : inOrderSql(request)} and ${listed}
     order by ${which === 'due' ? 'p.look_again, ' : ''}${order}
     limit ${params.add(request.count, 'integer')} offset ${params.add(request.offset, 'integer')}`,
    params.values,
  )
  return rows
}

type ChanceCount = Readonly<{ day: string | null; enough: boolean }>

/** When the chances were last counted (null: never), and whether most people have one. */
async function chanceCount(call: OperationCall): Promise<ChanceCount> {
  const { rows } = await call.sql.query<ChanceCount>(
    `select case when people > 0 then to_char(day, 'YYYY-MM-DD') end as day, enough from chance_count`,
  )
  return rows[0] ?? { day: null, enough: false }
}

type Answered = Readonly<{
  countedOn: string | null
  order: PlacingOrder
  news: Awaited<ReturnType<typeof listNews>>
  /** references that mean the caller */
  me: readonly string[]
  rules: readonly RuleVersion[]
  left: LeftToWorkOut
}>

function answer(
  rows: readonly Row[],
  counts: readonly ListCount[],
  { countedOn, order, news, me, rules, left }: Answered,
): Parameters {
  const one = (facet: string) => counts.find((each) => each.facet === facet)?.count ?? 0
  const several = [
    'band',
    'known',
    'condition',
    'segment',
    'changeable',
    'flag',
    'not-known',
    'rule',
    'cost',
    'outside',
  ]
  const inUse = new Set(rules.map(({ rule }) => rule))
  return foundPeople.write({
    order,
    ...(news ? { news } : {}),
    ...(countedOn ? { countedOn } : {}),
    ...said(left),
    total: one('total'),
    unscored: one('unscored'),
    saidNo: roundedMeasure(one('said-no')),
    facets: counts
      .filter((each) => several.includes(each.facet))
      // which rules another organisation has is not told
      .filter(({ facet, value }) => facet !== 'rule' || inUse.has(value))
      .map(({ facet: of, ...rest }) => ({ of, ...rest })),
    rules: rules.map(({ rule, version, name }) => ({ id: rule, version, name })),
    people: rows.map((row) => ({
      ...foundPersonIn(row),
      ...(me.includes(String(row['decided_by'])) ? { decidedByMe: true } : {}),
      foundBy: listIn(row['rules']).filter((each) => inUse.has(each)),
      ...(news?.isNew(row.person) ? { isNew: true } : {}),
      ...news?.movedUp(row.person),
    })),
  })
}

const shown: readonly (readonly [column: string, name: keyof FoundPerson])[] = [
  ['person', 'id'],
  ['family', 'family'],
  ['given', 'given'],
  ['title', 'title'],
  ['birth_date', 'birthDate'],
  ['nhs', 'nhsNumber'],
  ['charlson', 'charlson'],
  ['frailty', 'frailty'],
  ['band', 'band'],
  ['admissions', 'admissions'],
  ['medicines', 'medicines'],
  ['unmapped', 'unmapped'],
  ['case_id', 'case'],
  ['case_status', 'caseStatus'],
  ['coordinator', 'coordinator'],
  ['not_now', 'notNow'],
  ['look_again', 'lookAgain'],
  ['decided_on', 'decidedOn'],
  ['is_due', 'isDue'],
  ['deceased', 'died'],
  ['is_set_aside', 'setAside'],
  ['left_on', 'leftOn'],
  ['chance', 'chance'],
  ['low', 'chanceLow'],
  ['high', 'chanceHigh'],
  ['people', 'chancePeople'],
  ['compared', 'chanceCompared'],
  ['chance_before', 'chanceBefore'],
  ['stays', 'stays'],
  ['bed_days', 'bedDays'],
  ['persistent', 'persistent'],
  ['segment', 'segment'],
  ['subsegment', 'subsegment'],
  ['last_contact', 'lastContact'],
  ['no_case', 'noCase'],
  ['cost_whole', 'cost'],
  ['cost_currency', 'costCurrency'],
  ['cost_missing', 'costMissing'],
]

/** Of the row of the likeness. */
const ofLikeness: readonly string[] = ['low', 'high', 'people', 'compared']

const workedOut: Readonly<Record<string, string>> = {
  is_set_aside: 'not p.in_use as is_set_aside',
  look_again: `to_char(p.look_again, 'YYYY-MM-DD') as look_again`,
  decided_on: `to_char(p.decided_on, 'YYYY-MM-DD') as decided_on`,
  is_due: `${isDue} as is_due`,
  no_case: `'case' = any(p.opted_out) as no_case`,
  cost_whole: '(p.cost / 100)::int as cost_whole',
  chance_before: `${chanceBeforeSql('p')} as chance_before`,
}

/** Named one by one: a cached plan of `select *` breaks when a newer version adds a column. */
const columns = [
  ...shown.map(
    ([column]) => workedOut[column] ?? `${ofLikeness.includes(column) ? 'c' : 'p'}.${column}`,
  ),
  ...['p.outside', 'p.conditions', 'p.changeable', 'p.decided_by', 'p.rules'],
].join(', ')

const listIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value : [])

/** By the code of each instrument. */
const outsideIn = (value: unknown): FoundPerson['outside'] =>
  Object.entries((value ?? {}) as Readonly<Record<string, number>>).map(([code, each]) => ({
    code,
    value: each,
  }))

export const foundPersonIn = (row: Row): Omit<FoundPerson, 'foundBy'> => ({
  ...(Object.fromEntries(shown.map(([column, name]) => [name, row[column] ?? undefined])) as Omit<
    FoundPerson,
    'conditions' | 'changeable' | 'flags' | 'outside' | 'foundBy'
  >),
  outside: outsideIn(row['outside']),
  conditions: listIn(row['conditions']),
  changeable: listIn(row['changeable']),
  flags: needFlagsFor({
    changeable: listIn(row['changeable']) as readonly Changeable[],
    persistent: row['persistent'] === true,
  }),
})
