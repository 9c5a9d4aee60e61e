import { closedAs } from '#domain/access/labels/closed-as.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { type Done, noteWritten } from '#server/interactions/store-record.ts'
import { FhirProblem } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'

type Keeping = Readonly<{
  person: string
  /** the operation, for the audit log */
  way: string
  /** the organisation that starts the person’s record */
  custodian?: string | undefined
  /** whoever is newly named in them counts as named */
  vouched?: boolean
}>

/**
 * Writes records that an operation has decided on, with who wrote them, in the transaction of the call. The store works
 * out their rooms: what is said of a restricted carer is as restricted as the carer’s record, whoever says it. A record
 * that is here keeps the labels that close it: no operation opens what somebody has closed.
 */
export async function keepRecords(
  context: RequestContext,
  resources: readonly ResourceWithId[],
  { person, way, custodian, vouched = false }: Keeping,
): Promise<void> {
  const { store } = context.service
  const names = resources.map(({ resourceType: type, id }) => ({ type, id }))
  const standing = await store.readAll(names, everyone)
  const requests = resources.map((resource) => {
    const before = standing.get(`${resource.resourceType}/${resource.id}`)
    if (before?.person !== undefined && before.person !== person)
      throw new FhirProblem(409, 'conflict', 'This id is in use')
    const expect = before ? { version: before.version } : ('absent' as const)
    return {
      request: {
        ...{ resource: closedAs(before?.resource, resource), expect, person, vouched },
        ...(custodian ? { custodian } : {}),
      },
      before: before?.resource,
    }
  })
  const written = await store.writeMany(requests.map(({ request }) => request))
  const done = requests.map(
    ({ request, before }, at): Done => ({
      ...{ request, person, before, written: written[at] },
      act: before ? 'U' : 'C',
    }),
  )
  await noteWritten(context, done, way)
}
