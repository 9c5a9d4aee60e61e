import {
  answerAsk,
  askToAdd,
  askToDrop,
  isMeasureRefusal,
  type MeasureRefusal,
  takeBackAsk,
} from '#domain/outcome/agree-measure.ts'
import { isBuiltIn } from '#domain/outcome/built-in-measures.ts'
import type { MeasureDefinition, PartnerAnswer } from '#domain/outcome/measure-definition.ts'
import { measureToFhir } from '#domain/outcome/measure-fhir.ts'
import {
  agreeMeasureRequest,
  proposeMeasureRequest,
} from '#domain/outcome/measure-steps-request.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { noteWritten } from '#server/interactions/store-record.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { type Partner, partners } from '#server/outcome/partners.ts'
import { type StoredMeasure, storedMeasures } from '#server/outcome/stored-measures.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { answersFor } from './outcomes.ts'

/** Puts a question to all partners: to show a measure, or another target for it, or to show one no longer. */
export const proposeMeasureOperation: Operation = {
  name: 'propose-measure',
  on: 'system',
  changes: true,
  purpose:
    'Asks all partners to add a measure (measure, with a target; the next version if it is agreed with another target), to drop one, or takes that back: kind (add, drop, take-back), why. For managers of partners and administrators; a manager says yes for their own organisation by it',
  async run(call) {
    const all = await partners(call.context.service.sql)
    const partner = answersFor(call, all)
    if (!partner && call.actor.role !== 'admin')
      throw forbidden('Only managers of partners and administrators ask for a measure')
    const { measure: id, kind, target, why } = askedParameters(call, proposeMeasureRequest)
    const yes = partner && answerOf(call, partner, { yes: true, words: '' })
    const asking = { by: call.actor.name, on: call.today, why: why.trim(), yes }
    return await stepped(call, '$propose-measure', (defined) => {
      if (kind === 'take-back')
        return takeBackAsk(defined, id, { by: asking.by, organisation: partner?.organisation })
      if (asking.why === '')
        throw new FhirProblem(422, 'required', 'Say why, so that the partners can answer')
      if (kind === 'drop') return askToDrop(defined, id, asking)
      if (!isBuiltIn(id)) throw new FhirProblem(422, 'not-found', 'There is no such measure')
      return askToAdd(defined, { id, target }, asking)
    })
  },
}

/** One partner’s yes or no. */
export const agreeMeasureOperation: Operation = {
  name: 'agree-measure',
  on: 'system',
  changes: true,
  purpose:
    'Says yes or no, for the caller’s own organisation, to what the partners are asked about a measure: measure, yes, words (why not). With every partner’s yes it is settled. For managers of partners',
  async run(call) {
    const all = await partners(call.context.service.sql)
    const partner = answersFor(call, all)
    if (!partner) throw forbidden('Only a manager of a partner answers for it')
    const { measure, yes, words } = askedParameters(call, agreeMeasureRequest)
    if (!yes && words.trim() === '')
      throw new FhirProblem(422, 'required', 'Say why not, so that the others can answer')
    const answer = answerOf(call, partner, { yes, words: words.trim() })
    const organisations = all.map(({ organisation }) => organisation)
    return await stepped(call, '$agree-measure', (defined) =>
      answerAsk(defined, measure, { answer, partners: organisations }),
    )
  },
}

const answerOf = (
  { actor, today }: OperationCall,
  { organisation, name }: Partner,
  said: Pick<PartnerAnswer, 'yes' | 'words'>,
): PartnerAnswer => ({ organisation, name, ...said, by: actor.name, on: today })

const refusals: Readonly<Record<MeasureRefusal, string>> = {
  'asked-already': 'The partners are being asked about this measure already',
  'agreed-already': 'The partners have agreed to this measure with this target',
  'not-agreed': 'This measure is not one of those that the partners agreed to',
  'not-asked': 'Nobody is asking the partners about this measure now. Look at the page again',
  'too-many': 'Ten measures are shown at most. Ask to drop one first',
  'not-yours': 'Only who asked takes it back',
}

type Step = ReturnType<typeof answerAsk>

/** Reads what stands, writes what follows, and answers with the measure. Whoever came first counts: the other is told. */
async function stepped(
  { context }: OperationCall,
  way: string,
  step: (defined: readonly MeasureDefinition[]) => Step,
) {
  return await withinRecord(context, async (inside) => {
    const stored = await storedMeasures(inside.service.sql)
    const made = step(stored.map(({ definition }) => definition))
    if (isMeasureRefusal(made)) throw new FhirProblem(422, 'business-rule', refusals[made])
    const written = []
    for (const each of made.changed) written.push(await write(inside, each, { stored, way }))
    const [first] = written
    if (!first) throw new FhirProblem(422, 'business-rule', refusals['not-asked'])
    return first
  })
}

async function write(
  inside: RequestContext,
  definition: MeasureDefinition,
  { stored, way }: Readonly<{ stored: readonly StoredMeasure[]; way: string }>,
) {
  const stands = stored.find(
    (each) =>
      each.definition.id === definition.id && each.definition.version === definition.version,
  )
  const before = stands?.record
  const expect = stands ? { version: stands.recordVersion } : ('absent' as const)
  const request = { resource: measureToFhir(definition, before), expect }
  const written = await inside.service.store.write(request)
  const act = before ? ('U' as const) : ('C' as const)
  await noteWritten(inside, [{ request, act, person: undefined, before, written }], way)
  return request.resource
}
