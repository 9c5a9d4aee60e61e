import type { NeedFlag } from '#domain/stratification/need-flags.ts'
import type { FindPeople, PlacingOrder } from '#server/operations/worklists/find-people-request.ts'
import { reachedBesideSql, summedScope } from '#server/store/access/summed-scope.ts'
import { Params } from '#server/store/params.ts'
import type { Counting, ListCount } from './count-plainly.ts'

const kinds = ['condition', 'changeable', 'rule'] as const
type Kind = (typeof kinds)[number]

/** What kept sums know of who can be placed in an order. */
const placed: Partial<Readonly<Record<PlacingOrder, string>>> = {
  frailty: 'coded',
  chance: 'has_chance',
  changeable: 'has_chance',
  line: 'has_chance',
  cost: 'has_cost',
}

/**
 * The counts of a list as sums that are kept (migration 0054), and of the few people whom the caller can see beside
 * their organisation’s; undefined where a filter is not among what is kept: a name, an age, the order of a score from
 * elsewhere, or two labels together with a third that could be chosen.
 */
export async function countBySums(
  call: Counting,
  request: FindPeople,
  areRulesInUse: boolean,
): Promise<readonly ListCount[] | undefined> {
  const scope = summedScope(call.scope)
  const hasScore = placed[request.order]
  const labels = labelsOf(request)
  if (!scope || !hasScore || !isKept(request, labels, areRulesInUse)) return undefined
  const params = new Params()
  const slice = sliceSql(labels, params)
  const asked = askedSql(request, hasScore, params)
  const { rows } = await call.sql.query<ListCount>(
    `with c as materialized (${cellsSql(call, scope, slices({ slice, asked, areRulesInUse }), params)})
     ${facetsSql({ slice, asked, hasScore, areRulesInUse }).join('\n     union all ')}`,
    params.values,
  )
  return rows
}

type Labels = Readonly<Partial<Record<Kind, string>>>

const labelsOf = (request: FindPeople): Labels =>
  Object.fromEntries(
    kinds.flatMap((kind) => (request[kind] ? [[kind, `${kind}:${request[kind]}`]] : [])),
  )

function isKept(request: FindPeople, labels: Labels, areRulesInUse: boolean): boolean {
  const { words, ageFrom, ageTo } = request
  if (words.length > 0 || ageFrom !== undefined || ageTo !== undefined) return false
  const many = Object.keys(labels).length
  return many < 2 || (many === 2 && !labels.rule && !areRulesInUse)
}

/** The cells of those who have all asked labels but that of one kind; `each`: one for each label of that kind. */
type Slice = (without?: Kind, each?: Kind) => string

function sliceSql(labels: Labels, params: Params): Slice {
  const param = new Map(
    Object.values(labels).map((label) => [label, params.add(label, 'text')] as const),
  )
  return (without, each) => {
    const asked = kinds.flatMap((kind) => {
      const label = labels[kind]
      if (kind === each) return [`>= '${kind}:' and # < '${kind};'`]
      return label && kind !== without ? [`= ${param.get(label)}`] : []
    })
    const [label = `= ''`, other = `= ''`] = asked
    const on = (column: string, condition: string) => `${column} ${condition.replace('#', column)}`
    return `(${on('label', label)} and ${on('other', other)})`
  }
}

const none: Slice = () => `(label = '' and other = '')`
const saidNo = `(label = 'said-no' and other = '')`
const outside = `(label >= 'outside:' and label < 'outside;' and other = '')`

const offered = (areRulesInUse: boolean) => kinds.filter((kind) => kind !== 'rule' || areRulesInUse)

/** Everything that is summed; parts may overlap. Of the many labels of a kind, only who fits all that is asked. */
const slices = ({ slice, asked, areRulesInUse }: Omit<Facets, 'hasScore'>): readonly string[] => [
  ...new Set([
    ...[saidNo, outside, none(), slice(), slice('changeable')],
    ...offered(areRulesInUse).map((kind) => `(${slice(kind, kind)} and ${all(asked)})`),
  ]),
]

const all = (asked: Asked, ...without: readonly (keyof Asked)[]) =>
  Object.entries(asked)
    .filter(([name]) => !without.includes(name as keyof Asked))
    .map(([, sql]) => sql)
    .join(' and ')

/** Labels are compared as the kept ones are: by their bytes. */
const inOrder = `l.label collate "C" as label, l.other collate "C" as other, l.known, l.due, l.band, l.segment, l.coded, l.has_chance, l.has_cost, l.persistent, l.many_services, l.alone_not_known`
const columns =
  'label, other, known, due, band, segment, coded, has_chance, has_cost, persistent, many_services, alone_not_known'

function cellsSql(call: Counting, scope: string, parts: readonly string[], params: Params): string {
  const within = params.add(scope, 'text')
  const from = (table: string, part: string) =>
    `select ${columns}, people from ${table} where scope = ${within} and ${part}`
  const kept = [
    // each by the index, and nobody twice
    ...parts.map((part, at) =>
      from('list_count', [part, ...parts.slice(0, at).map((each) => `not ${each}`)].join(' and ')),
    ),
    from('list_count_change', `(${parts.join(' or ')})`),
  ]
  const beside = reachedBesideSql(call, 'p', params)
  const facts = [
    ...['deceased', 'in_use', 'replaced_by', 'opted_out', 'case_status', 'look_again', 'band'],
    ...['segment', 'coded', 'chance', 'cost', 'conditions', 'changeable', 'rules', 'outside'],
  ].map((name) => `p.${name}`)
  const left = `case when p.left_on <= ${params.add(call.today, 'text')} then p.left_on end`
  return [
    ...kept,
    ...(beside
      ? [
          `select b.* from (
             select c.*, 1 from person_row p, lateral (select ${inOrder} from list_cells(${facts.join(', ')}, ${left}, p.persistent, p.lives_alone) l) c
             where ${beside}) b
           where ${parts.join(' or ')}`,
        ]
      : []),
  ].join('\n     union all ')
}

const flags: Readonly<Record<NeedFlag, string>> = {
  'coordination-risk': 'many_services',
  'persistent-high-use': 'persistent',
}

type Asked = Readonly<Record<'scored' | 'known' | 'band' | 'segment' | 'flag', string>>

function askedSql(request: FindPeople, hasScore: string, params: Params): Asked {
  const is = (column: string, value: string | undefined) =>
    value ? `${column} = ${params.add(value, 'text')}` : 'true'
  const scored = `(${hasScore} or due)`
  return {
    scored: request.unscored ? `not ${scored}` : scored,
    known: request.known === 'all' ? 'true' : is('known', request.known),
    band: is('band', request.band),
    segment: is('segment', request.segment),
    flag: request.flag ? (flags[request.flag as NeedFlag] ?? 'false') : 'true',
  }
}

type Facets = Readonly<{ slice: Slice; asked: Asked; hasScore: string; areRulesInUse: boolean }>

function facetsSql({ slice, asked, hasScore, areRulesInUse }: Facets): readonly string[] {
  const but = (...without: readonly (keyof Asked)[]) => all(asked, ...without)
  const whole = (facet: string, where: string) =>
    `select '${facet}' as facet, '' as value, coalesce(sum(people), 0)::int as count from c where ${where}`
  const by = (facet: string, value: string, where: string) =>
    `select '${facet}', ${value}, sum(people)::int from c where ${where} group by ${value} having sum(people) > 0`
  const labelled = (kind: string, where: string, column: string) =>
    by(kind, `substr(${column}, ${kind.length + 2})`, where)
  return [
    whole('total', `${slice()} and ${but()}`),
    whole('unscored', `${none()} and not ${hasScore} and ${asked.known}`),
    whole('said-no', saidNo),
    by('band', 'band', `${slice()} and ${hasScore} and band <> '' and ${but('band', 'scored')}`),
    by('known', 'known', `${slice()} and ${but('known')}`),
    by('segment', 'segment', `${slice()} and ${but('segment')}`),
    `select 'cost', '', sum(people)::int from c where ${none()} and has_cost having sum(people) > 0`,
    labelled('outside', outside, 'label'),
    ...Object.entries(flags).map(
      ([flag, column]) =>
        `select 'flag', '${flag}', sum(people)::int from c where ${slice()} and ${column} and ${but('flag')} having sum(people) > 0`,
    ),
    `select 'not-known', 'alone', sum(people)::int from c where ${slice('changeable')} and alone_not_known and ${but()} having sum(people) > 0`,
    ...offered(areRulesInUse).map((kind) => {
      const where = `${slice(kind, kind)} and ${but()}`
      const counts = labelled(kind, where, isFirst(kind, slice) ? 'label' : 'other')
      return kind === 'condition' ? `(${counts} order by 3 desc, 2 limit 30)` : counts
    }),
  ]
}

/** Labels stand in the order of their kinds: whether this kind’s is the first of the two. */
const isFirst = (kind: Kind, slice: Slice) => slice(kind, kind).startsWith(`(label >= '${kind}:'`)
