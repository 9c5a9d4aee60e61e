import type { Parameters, ParametersParameter, Patient } from '@medplum/fhirtypes'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'
import { nameOn } from '#domain/person/shown-name.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { everyone } from '#server/store/access/access-scope.ts'

/**
 * What the one who asks has been given, by person and by room. The name goes with every room: whoever may see
 * something has to know whose it is, also where what is written about her is not shared.
 */
async function run({ actor, context, today }: OperationCall): Promise<Parameters> {
  const parameter: ParametersParameter[] = []
  for (const { person } of actor.caresFor ?? []) {
    const shared = context.accessScope.shared.get(person)
    if (!shared) continue
    const kept = await context.service.store.read('Patient', person, everyone)
    const name = nameOn((kept?.resource as Patient | undefined)?.name, today)
    parameter.push({
      name: 'person',
      part: [
        { name: 'id', valueId: person },
        ...(name ? [{ name: 'name', valueHumanName: name }] : []),
        ...given('read', shared.read),
        ...given('write', shared.write),
      ],
    })
  }
  return { resourceType: 'Parameters', ...(parameter.length > 0 ? { parameter } : {}) }
}

const given = (name: string, rooms: readonly AccessLabel[]) =>
  rooms.map((room) => ({ name, valueCode: room }))

export const sharedWithMeOperation: Operation = {
  name: 'shared-with-me',
  on: 'system',
  changes: false,
  purpose: 'What a carer can see and write, part by part, and who gave the access',
  run,
}
