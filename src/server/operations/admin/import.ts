import type { Parameters, ParametersParameter } from '@medplum/fhirtypes'
import type { Role } from '#domain/access/actor.ts'
import type { Difference } from '#domain/import/differences.ts'
import { bodyText, contentType } from '#server/http/negotiate-json.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { checkItems, fine } from '#server/import/check-items.ts'
import { type Item, itemsOfJson, itemsOfLines } from '#server/import/items.ts'
import { type KeptItems, keepItems } from '#server/import/keep-items.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { analyseGrown } from '#server/store/planner/analyse-grown.ts'

/** So a first import of 50,000 people counts four times, and a file for every day hardly ever. */
const timesGrown = 4

const importers: readonly Role[] = ['admin', 'nurse-case-manager']

/**
 * Takes in one chunk from another system as it comes: source ids are kept, references between entries resolved, a
 * second run changes nothing. Each record stands for itself, in a transaction too: one that cannot be kept is set aside by
 * name, with what belongs to it. Answers counts per type, each refused record with its reason, and what is to be known of
 * records that came in.
 */
export const importOperation: Operation = {
  name: 'import',
  on: 'system',
  changes: true,
  readsRequest: true,
  purpose: 'Imports one Bundle or a chunk of NDJSON; returns counts and what was refused',
  async run({ actor, request, context }) {
    if (!importers.includes(actor.role)) throw forbidden('Your role cannot import records')
    const leave = await context.service.imports?.enter(actor.identity)
    try {
      const items = await itemsIn(request)
      const kept = await takeIn(context, items)
      // what comes in next is planned for as many records as are here now; it comes in without that, too
      await analyseGrown(context.service.sql, timesGrown).catch(() => undefined)
      return answerOf(items, { ...kept, duplicates: await duplicatesAmong(context, items) })
    } finally {
      leave?.()
    }
  },
}

async function itemsIn(request: Request): Promise<readonly Item[]> {
  const kind = contentType(request)
  if (['application/fhir+ndjson', 'application/ndjson', 'application/x-ndjson'].includes(kind)) {
    return await itemsOfLines(await bodyText(request))
  }
  if (['application/fhir+json', 'application/json'].includes(kind)) {
    return await itemsOfJson(await bodyText(request))
  }
  const text = 'Send application/fhir+json (a Bundle) or application/fhir+ndjson'
  throw new FhirProblem(415, 'not-supported', text)
}

async function takeIn(context: RequestContext, items: readonly Item[]): Promise<KeptItems> {
  const fresh = { createdPatients: new Set<string>(), ownerByReference: new Map<string, string>() }
  const here: RequestContext = { ...context, ...fresh }
  await checkItems(here, items)
  return await keepItems(here, fine(items))
}

type Answered = KeptItems & Readonly<{ duplicates: readonly ParametersParameter[] }>

function answerOf(items: readonly Item[], { tallies, ours, duplicates }: Answered): Parameters {
  const faulty = items.filter((item) => item.reason)
  const refused = Map.groupBy(faulty, typeOf)
  const kept = new Map(tallies.map((each) => [each.type, each]))
  const types = [...new Set([...kept.keys(), ...refused.keys()])].sort()
  return {
    resourceType: 'Parameters',
    parameter: [
      ...types.map((type) => counted(type, kept.get(type), refused.get(type)?.length ?? 0)),
      ...ours.map((item) => told('keptOurs', item)),
      ...items.filter((item) => item.stays || ours.includes(item)).flatMap(differing),
      ...duplicates,
      ...faulty.map((item) => told('refused', item)),
      ...fine(items).flatMap((item) => (item.note ? [told('noted', item)] : [])),
    ],
  }
}

const typeOf = (item: Item): string =>
  String(item.resource?.resourceType ?? item.entry.resource?.resourceType ?? 'unknown')

function counted(
  type: string,
  tally: KeptItems['tallies'][number] | undefined,
  refused: number,
): ParametersParameter {
  const count = (name: string, valueInteger: number) => ({ name, valueInteger })
  return {
    name: 'counted',
    part: [
      { name: 'type', valueString: type },
      count('created', tally?.created ?? 0),
      count('updated', tally?.updated ?? 0),
      count('unchanged', tally?.unchanged ?? 0),
      count('keptOurs', tally?.keptOurs ?? 0),
      count('refused', refused),
    ],
  }
}

/** `difference`: what a list says of somebody who is here otherwise, for a person to decide. */
function differing({ index, known }: Item): readonly ParametersParameter[] {
  return (known?.differences ?? []).map(({ what, here, brought, value }) => ({
    name: 'difference',
    part: [
      { name: 'index', valueInteger: index },
      { name: 'type', valueString: 'Patient' },
      { name: 'id', valueString: known?.id ?? '' },
      { name: 'what', valueString: what },
      ...(here ? [{ name: 'here', valueString: here }] : []),
      { name: 'brought', valueString: brought },
      ...(value ? [valuePart(value)] : []),
    ],
  }))
}

function valuePart(value: NonNullable<Difference['value']>): ParametersParameter {
  if ('address' in value) return { name: 'value', valueAddress: value.address }
  if ('telecom' in value) return { name: 'value', valueContactPoint: value.telecom }
  return { name: 'value', valueDate: value.died }
}

type Pair = Readonly<{ person: string; other: string }>

/** `possibleDuplicate`: kept, and an NHS number of it stands on another record that the importer may open. */
async function duplicatesAmong(
  { sql, accessScope: reach, now }: RequestContext,
  items: readonly Item[],
): Promise<readonly ParametersParameter[]> {
  const people = items.flatMap(({ resource, reason }) =>
    resource?.resourceType === 'Patient' && !reason ? [resource.id] : [],
  )
  if (people.length === 0) return []
  const params = new Params()
  const { rows } = await sql.query<Pair>(
    `select p.person, o.person as other from person_row p join person_row o on o.nhs = p.nhs
     where p.person = any(${params.add(people, 'text[]')}) and o.person <> p.person
       and p.in_use and o.in_use and ${personRowScopeSql(reach.scope, 'p', params, now)}
       and ${personRowScopeSql(reach.scope, 'o', params, now)}
     order by p.person, o.person limit 200`,
    params.values,
  )
  return rows.map(({ person, other }) => ({
    name: 'possibleDuplicate',
    part: [
      {
        name: 'index',
        valueInteger: items.find((each) => each.resource?.id === person)?.index ?? 0,
      },
      { name: 'type', valueString: 'Patient' },
      { name: 'id', valueString: person },
      { name: 'other', valueString: other },
    ],
  }))
}

/** `refused` with its reason, `keptOurs`: changed or deleted here since it was brought in, or `noted`: it is in, and what to know of it. */
function told(name: 'refused' | 'keptOurs' | 'noted', item: Item): ParametersParameter {
  const id = item.resource?.id ?? item.entry.resource?.id
  return {
    name,
    part: [
      { name: 'index', valueInteger: item.index },
      { name: 'type', valueString: typeOf(item) },
      ...(id ? [{ name: 'id', valueString: String(id) }] : []),
      ...(item.reason ? [{ name: 'reason', valueString: item.reason }] : []),
      ...(item.someoneElse ? [{ name: 'someoneElse', valueString: item.someoneElse }] : []),
      ...(name === 'noted' ? [{ name: 'note', valueString: item.note ?? '' }] : []),
    ],
  }
}
