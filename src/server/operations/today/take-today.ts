import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { claimFromFhir, claimToFhir, lineKey, type TodayClaim } from '#domain/today/claim.ts'
import { takeTodayRequest } from '#domain/today/today-parameters.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import { coordinatorsOf } from '#server/goals/show-round.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import { isOfTeam, mustBeProfessional } from '#server/operations/meetings/stored-talks.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { sha256Hex } from '#server/sha256.ts'
import { everyone } from '#server/store/access/access-scope.ts'

const way = '$take-today'

/** Somebody takes a line of Today, or gives it back: of two who take it at once one gets it, and the other is told who. */
export const takeTodayOperation: Operation = {
  name: 'take-today',
  on: 'system',
  changes: true,
  purpose:
    'The caller takes a line of Today (kind, who, about, due) or, with back, gives it back: for professionals who care for the person; 409 says who has it; returns the Task',
  async run(call) {
    mustBeProfessional(call.actor)
    const { back, ...line } = askedParameters(call, takeTodayRequest)
    if (line.person === '' || line.reference === '')
      throw new FhirProblem(400, 'required', 'Say which line: who and about')
    return await withinRecord(call.context, async (inside) => {
      await mustBeTheirs(inside, line.person)
      const id = `taken-${sha256Hex(lineKey(line)).slice(0, 32)}`
      await inside.service.sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [id])
      const { resource } = (await inside.service.store.read('Task', id, everyone)) ?? {}
      const stands = resource?.resourceType === 'Task' ? claimFromFhir(resource) : undefined
      if (!back) await mustBeThere(inside, line)
      const next = await (back ? givenBack(inside, stands) : taken(inside, { ...line, id }, stands))
      const record = claimToFhir(next)
      if (next !== stands) await keepRecords(inside, [record], { person: line.person, way })
      return record
    })
  },
}

async function mustBeTheirs(context: RequestContext, person: string): Promise<void> {
  if (!(await context.store.mayReach(person, context.accessScope.scope))) throw notFound()
  if (!(await isOfTeam(context, person)))
    throw forbidden('Only professionals who care for this person look after it')
}

/** Nobody takes what is not there, what is another’s, or what they may not see. Throws 404. */
async function mustBeThere(
  { store, accessScope }: RequestContext,
  { person, reference }: Pick<Line, 'person' | 'reference'>,
): Promise<void> {
  const target = referenceTarget(reference)
  const found = target && (await store.read(target.type, target.id, accessScope.scope))
  if (!found?.resource || found.person !== person) throw notFound()
}

type Line = Pick<TodayClaim, 'id' | 'kind' | 'person' | 'reference' | 'due'>

function taken(
  { actor, now }: RequestContext,
  line: Line,
  stands: TodayClaim | undefined,
): TodayClaim {
  const me = { reference: `Practitioner/${actor.practitioner}`, name: actor.name }
  if (stands && !stands.isOver) {
    if (stands.by.reference === me.reference) return stands
    throw new FhirProblem(409, 'conflict', `${stands.by.name} has it now`)
  }
  return { ...line, by: me, at: now.toISOString(), isOver: false }
}

async function givenBack(
  context: RequestContext,
  stands: TodayClaim | undefined,
): Promise<TodayClaim> {
  if (!stands) throw notFound()
  if (stands.isOver) return stands
  const me = `Practitioner/${context.actor.practitioner}`
  const isMine = stands.by.reference === me
  if (!isMine && !(await coordinatorsOf(context, stands.person)).includes(me))
    throw forbidden('Whoever has it gives it back, or the coordinator takes it from them')
  return { ...stands, isOver: true }
}
