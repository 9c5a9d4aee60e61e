import type { Parameters, Patient } from '@medplum/fhirtypes'
import { sharedWithMe } from '#domain/consent/given-to-me.ts'
import type { In } from '#domain/fhir/parameters.ts'
import { nameOn } from '#domain/person/shown-name.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { everyone } from '#server/store/access/access-scope.ts'

/**
 * What has been shared with the caller, by person and by room. The name goes with every room: a carer who may see
 * something has to know whose it is, also if what is written about the person is not shared.
 */
async function run({ actor, context, today }: OperationCall): Promise<Parameters> {
  const people: Given[] = []
  for (const { person } of actor.caresFor ?? []) {
    const shared = context.accessScope.shared.get(person)
    if (!shared) continue
    const stored = await context.service.store.read('Patient', person, everyone)
    const name = nameOn((stored?.resource as Patient | undefined)?.name, today)
    const { read, write } = shared
    people.push({ id: person, names: name ? [name] : [], read, write })
  }
  return sharedWithMe.write({ people })
}

type Given = In<typeof sharedWithMe>['people'][number]

export const sharedWithMeOperation: Operation = {
  name: 'shared-with-me',
  on: 'system',
  changes: false,
  purpose: 'What a carer can see and write, part by part, and who gave the access',
  run,
}
