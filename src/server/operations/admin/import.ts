import type { Parameters } from '@medplum/fhirtypes'
import type { Role } from '#domain/access/actor.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { feedIn } from '#domain/feed/read-feed.ts'
import { type ImportAnswer, importAnswer } from '#domain/import/import-answer.ts'
import { scoresIn } from '#domain/outside-score/read-scores.ts'
import { bundleInPlanFile } from '#domain/plan/document/plan-file.ts'
import { importFeed } from '#server/feed/import-feed.ts'
import { scoreItems } from '#server/feed/score-items.ts'
import { bodyText, contentType } from '#server/http/negotiate-json.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { emptyMemory } from '#server/http/request-memory.ts'
import { checkItems, fine } from '#server/import/check-items.ts'
import { type Item, itemsOfJson, itemsOfLines } from '#server/import/items.ts'
import { type KeptItems, keepItems } from '#server/import/keep-items.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { analyseGrown } from '#server/store/planner/analyse-grown.ts'
import { undecidedAlike } from '#server/store/roster/undecided-alike.ts'

/** So a first import of 50,000 people runs ANALYZE four times, and a daily file hardly ever. */
const timesGrown = 4

const importers: readonly Role[] = ['admin', 'nurse-case-manager']

/**
 * Imports one chunk from another system as it comes: source ids are kept, references between entries resolved, a second
 * run changes nothing. Each record is handled alone, in a transaction too: one that cannot be stored is refused by
 * name, with what belongs to it. Returns counts per type, each refused record with its reason, and notes on imported
 * records.
 */
export const importOperation: Operation = {
  name: 'import',
  on: 'system',
  changes: true,
  readsRequest: true,
  purpose:
    'Imports one Bundle, a chunk of NDJSON, or rows of activity and cost, or of scores, as text/csv; returns counts and what was refused',
  async run({ actor, request, context }) {
    if (!importers.includes(actor.role)) throw forbidden('Your role cannot import records')
    const leave = await context.service.imports?.enter(actor.identity)
    try {
      const feed = await feedAnswer(context, request)
      if (feed) return importAnswer.write(feed)
      const items = await itemsIn(context, request)
      const stored = await takeIn(context, items)
      // the next records are planned for as many as there are now; the import works without that, too
      await analyseGrown(context.service.sql, timesGrown).catch(() => undefined)
      return answerOf(items, {
        ...stored,
        duplicates: await duplicatesAmong(context, items),
        alike: await alikeAmong(context, items),
      })
    } finally {
      leave?.()
    }
  },
}

async function itemsIn(context: RequestContext, request: Request): Promise<readonly Item[]> {
  const kind = contentType(request)
  if (kind === 'text/csv') return await scoresOf(context, request)
  if (['application/fhir+ndjson', 'application/ndjson', 'application/x-ndjson'].includes(kind)) {
    return await itemsOfLines(await bodyText(request))
  }
  if (['application/fhir+json', 'application/json'].includes(kind)) {
    return await itemsOfJson(await bodyText(request))
  }
  if (kind === 'text/html') {
    const bundle = bundleInPlanFile(await bodyText(request))
    if (bundle === undefined)
      throw new FhirProblem(422, 'not-supported', 'This page does not carry a plan of Gable')
    return await itemsOfJson(bundle)
  }
  const text =
    'Send application/fhir+json (a Bundle), application/fhir+ndjson, text/csv (activity and cost, or scores), or a plan of Gable as text/html'
  throw new FhirProblem(415, 'not-supported', text)
}

/** The answer for lines of activity and cost; undefined for everything else. */
async function feedAnswer(
  context: RequestContext,
  request: Request,
): Promise<ImportAnswer | undefined> {
  if (contentType(request) !== 'text/csv') return undefined
  const feed = feedIn(await bodyText(request.clone()))
  return feed && (await importFeed(context, feed, { monthFirst: isMonthFirst(request) }))
}

async function scoresOf(context: RequestContext, request: Request): Promise<readonly Item[]> {
  const scores = scoresIn(await bodyText(request))
  if (!scores)
    throw new FhirProblem(
      422,
      'not-supported',
      'These headings are neither those of activity and cost (a number of the line, a number of the person, and a date) nor those of scores (NHS number, Score, Value, Date)',
    )
  return await scoreItems(context, scores, { monthFirst: isMonthFirst(request) })
}

const isMonthFirst = (request: Request) =>
  /;\s*dates=month-first/i.test(request.headers.get('content-type') ?? '')

async function takeIn(context: RequestContext, items: readonly Item[]): Promise<KeptItems> {
  const { createdPatients, ownerByReference } = emptyMemory()
  const here: RequestContext = { ...context, createdPatients, ownerByReference }
  await checkItems(here, items)
  return await keepItems(here, fine(items))
}

type Answered = KeptItems & Readonly<Record<'duplicates' | 'alike', Named>>

function answerOf(
  items: readonly Item[],
  { tallies, ours, duplicates, alike }: Answered,
): Parameters {
  const faulty = items.filter((item) => item.reason)
  const refused = Map.groupBy(faulty, typeOf)
  const byType = new Map(tallies.map((each) => [each.type, each]))
  const types = [...new Set([...byType.keys(), ...refused.keys()])].sort()
  return importAnswer.write({
    counted: types.map((type) => counted(type, byType.get(type), refused.get(type)?.length ?? 0)),
    keptOurs: ours.map(named),
    differences: items.flatMap((item) => differing(item, item.stays || ours.includes(item))),
    duplicates: duplicates.pairs,
    alike: alike.pairs,
    ...(duplicates.more > 0 ? { moreDuplicates: duplicates.more } : {}),
    ...(alike.more > 0 ? { moreAlike: alike.more } : {}),
    refused: faulty.map((item) => ({
      ...{ ...named(item), reason: item.reason ?? '', someoneElse: item.someoneElse ?? '' },
    })),
    noted: fine(items).flatMap((item) => (item.note ? [{ ...named(item), note: item.note }] : [])),
  })
}

const typeOf = (item: Item): string =>
  String(item.resource?.resourceType ?? item.entry.resource?.resourceType ?? 'unknown')

const counted = (
  type: string,
  tally: KeptItems['tallies'][number] | undefined,
  refused: number,
): ImportAnswer['counted'][number] => ({
  ...{ type, created: 0, updated: 0, unchanged: 0, keptOurs: 0, ...tally },
  refused,
})

const named = (item: Item) => ({
  ...{ index: item.index, type: typeOf(item) },
  id: String(item.resource?.id ?? item.entry.resource?.id ?? ''),
})

/**
 * What a list says differently about somebody who is here, for a person to decide. In a record that was written by a
 * list, what was missing is added without a question.
 */
const differing = (
  { index, known, reason }: Item,
  isUntouched: boolean | undefined,
): ImportAnswer['differences'] =>
  (known?.differences ?? [])
    .filter(({ here }) => !reason && (isUntouched || here !== ''))
    .map((each) => ({
      ...{ index, type: 'Patient', id: known?.id ?? '' },
      ...each,
    }))

type Pair = Readonly<{ person: string; other: string }>

/** So many pairs are named in one answer, and how many more there are. */
type Named = Readonly<{ pairs: ImportAnswer['duplicates']; more: number }>
const mostNamed = 200

/** Stored, and one of its NHS numbers is also on another record that the importer may open. */
async function duplicatesAmong(
  { sql, accessScope: reach, now }: RequestContext,
  items: readonly Item[],
): Promise<Named> {
  const people = peopleIn(items)
  if (people.length === 0) return { pairs: [], more: 0 }
  const params = new Params()
  const { rows } = await sql.query<Pair & Readonly<{ all: string | number }>>(
    `select p.person, o.person as other, count(*) over () as all from person_row p join person_row o on o.nhs = p.nhs
     where p.person = any(${params.add(people, 'text[]')}) and o.person <> p.person
       and p.in_use and o.in_use and ${personRowScopeSql(reach.scope, 'p', params, now)}
       and ${personRowScopeSql(reach.scope, 'o', params, now)}
     order by p.person, o.person limit ${mostNamed}`,
    params.values,
  )
  const all = Number(rows[0]?.all ?? 0)
  return { pairs: rows.map((pair) => pairOf(items, pair)), more: all - rows.length }
}

const peopleIn = (items: readonly Item[]): readonly string[] =>
  items.flatMap(({ resource, reason }) =>
    resource?.resourceType === 'Patient' && !reason ? [resource.id] : [],
  )

const pairOf = (items: readonly Item[], { person: id, other }: Pair) => ({
  ...{ index: items.find((each) => each.resource?.id === id)?.index ?? 0, type: 'Patient' },
  ...{ id, other },
})

/** Stored, and looks like a record that the importer may open, about which nobody has decided. */
async function alikeAmong(
  { service, accessScope: reach, now, zone }: RequestContext,
  items: readonly Item[],
): Promise<Named> {
  const people = peopleIn(items)
  if (people.length === 0) return { pairs: [], more: 0 }
  const params = new Params()
  const ids = params.add(people, 'text[]')
  const reached = ['p', 'o'].map((table) => personRowScopeSql(reach.scope, table, params, now))
  const where = `(m.person = any(${ids}) or m.other = any(${ids})) and ${reached.join(' and ')}`
  const pairs = await undecidedAlike(service.sql, {
    ...{ where, values: params.values, today: dayIn(zone, now) },
  })
  const named = pairs.slice(0, mostNamed).map(({ sides }) => {
    const [one, two] = sides.map(({ patient }) => patient.id)
    const [person = '', other = ''] = people.includes(one ?? '') ? [one, two] : [two, one]
    return pairOf(items, { person, other })
  })
  return { pairs: named, more: pairs.length - named.length }
}
