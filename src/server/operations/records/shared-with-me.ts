import type { Consent, Parameters, Patient } from '@medplum/fhirtypes'
import { sharedAccessLabels } from '#domain/access/labels/access-label.ts'
import type { RoomKey } from '#domain/access/scope.ts'
import { namedIn } from '#domain/consent/consent.ts'
import { sharedWithMe } from '#domain/consent/given-to-me.ts'
import { endOfShare } from '#domain/consent/shares.ts'
import type { In } from '#domain/fhir/parameters.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { nameOn } from '#domain/person/shown-name.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/**
 * What has been shared with the caller, by person and by room. The name goes with every room: a carer who may see
 * something has to know whose it is, also if what is written about the person is not shared.
 */
async function run({ actor, context, today }: OperationCall): Promise<Parameters> {
  const people: Given[] = []
  for (const { person, relatedPerson } of actor.caresFor ?? []) {
    const shared = context.accessScope.shared.get(person)
    if (!shared) continue
    const stored = await context.service.store.read('Patient', person, everyone)
    const name = nameOn((stored?.resource as Patient | undefined)?.name, today)
    const read = roomsAmong(shared.read)
    const write = roomsAmong(shared.write)
    const term = await termOf(context, person, `RelatedPerson/${relatedPerson}`)
    people.push({ id: person, names: name ? [name] : [], read, write, ...term })
  }
  return sharedWithMe.write({ people })
}

const roomsAmong = (keys: readonly RoomKey[]) =>
  sharedAccessLabels.filter((room) => keys.includes(room))

type Row = Readonly<{ content: Consent | string; ts: Date | string }>

/** Until when it is shared, and since when it is as it is now. */
async function termOf({ service }: RequestContext, person: string, reference: string) {
  const { rows } = await service.sql.query<Row>(
    `select content, ts from resource where rt = 'Consent' and person = $1 and content is not null
      and content ->> 'status' = 'active' order by ts`,
    [person],
  )
  const own = rows
    .map(({ content, ts }) => ({ consent: storedRecord<Consent>(content), ts: new Date(ts) }))
    .filter(({ consent }) => namedIn(consent).includes(reference))
  const until = endOfShare(
    own.map(({ consent }) => consent),
    reference,
  )
  return {
    ...(until ? { until } : {}),
    ...given('since', own.at(-1)?.ts.toISOString()),
  }
}

type Given = In<typeof sharedWithMe>['people'][number]

export const sharedWithMeOperation: Operation = {
  name: 'shared-with-me',
  on: 'system',
  changes: false,
  purpose:
    'What a carer can see and write, part by part, who gave the access, until when, and when it was last changed',
  run,
}
