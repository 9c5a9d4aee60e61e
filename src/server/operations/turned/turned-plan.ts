import type { Patient, Resource } from '@medplum/fhirtypes'
import { staffAccessLabels } from '#domain/access/labels/access-label.ts'
import { houseRequest } from '#domain/plan/house/house-records.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { storedHouse } from '#server/operations/plan/house.ts'
import { forbidden } from '#server/problem.ts'
import { planMovedOn, planToShow } from './turn-screen.ts'

/**
 * The plan on a turned screen: what its user and the person may both see, and of the person no more than the name. 409
 * if somebody has changed the plan since: nobody answers to what is no longer so.
 */
export const turnedPlanOperation: Operation = {
  name: 'turned-plan',
  on: 'instance',
  type: 'CarePlan',
  changes: false,
  alone: true,
  purpose: 'The plan on a screen that was turned to its person; only from that screen',
  records: (answer) =>
    answer.resourceType === 'Bundle'
      ? (answer.entry ?? []).flatMap(({ resource }) => resource ?? [])
      : [],
  async run(call) {
    const { turned } = call.context
    if (turned?.plan !== call.id) throw notTurned()
    const { stored, person } = await planToShow(call)
    if (turned?.person !== person) throw notTurned()
    if (String(stored.version) !== turned.version) throw planMovedOn(stored.version)
    const body = houseRequest.write({ patient: person })
    const found = await storedHouse({ ...call, body }, person)
    const hidden = await betweenProfessionals(call, person)
    const shown = found
      .filter((each) => isOnTurnedScreen(each) && !hidden.has(`${each.resourceType}/${each.id}`))
      .map(withNameOnly)
    return {
      resourceType: 'Bundle',
      type: 'collection',
      entry: shown.map((resource) => ({
        ...{ fullUrl: `${call.context.base}/${resource.resourceType}/${resource.id}`, resource },
      })),
    }
  },
}

export const notTurned = () => forbidden('This is only for a screen that was turned to the person')

/** Messages and flags are not the plan; friends and family have numbers that are theirs. */
const left: readonly string[] = ['Communication', 'Flag', 'RelatedPerson']
const isOnTurnedScreen = ({ resourceType }: Resource) => !left.includes(resourceType)

function withNameOnly(resource: Resource): Resource {
  if (resource.resourceType === 'Patient') return nameOf(resource)
  if (resource.resourceType !== 'Practitioner') return resource
  const { id, name } = resource
  return { resourceType: 'Practitioner', ...(id ? { id } : {}), ...(name ? { name } : {}) }
}

function nameOf({ id, meta, name, deceasedBoolean, deceasedDateTime }: Patient): Patient {
  return {
    resourceType: 'Patient',
    ...(id ? { id } : {}),
    ...(meta ? { meta } : {}),
    ...(name ? { name } : {}),
    ...(deceasedBoolean === undefined ? {} : { deceasedBoolean }),
    ...(deceasedDateTime ? { deceasedDateTime } : {}),
  }
}

/** By the room in which a record is stored: that of what it is about counts too. */
async function betweenProfessionals(
  { context }: OperationCall,
  person: string,
): Promise<ReadonlySet<string>> {
  const { rows } = await context.service.sql.query<{ name: string }>(
    `select rt || '/' || id as name from resource
      where person = $1 and content is not null and room = any($2::text[])`,
    [person, [...staffAccessLabels]],
  )
  return new Set(rows.map(({ name }) => name))
}
