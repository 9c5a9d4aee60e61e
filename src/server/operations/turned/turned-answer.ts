import { agreementToFhir } from '#domain/agreement/fhir.ts'
import { turnedAnswerRequest } from '#domain/agreement/turned-answer-request.ts'
import { storeRecord } from '#server/interactions/store-record.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { planMovedOn } from './turn-screen.ts'
import { notTurned } from './turned-plan.ts'

/** The person’s answer from a turned screen, recorded by the user who turned it. */
export const turnedAnswerOperation: Operation = {
  name: 'turned-answer',
  on: 'instance',
  type: 'CarePlan',
  changes: true,
  alone: true,
  purpose:
    'The answer of the person to whom the screen was turned, to the version that it shows; only from that screen: id, version, answer, words, not-agreed',
  async run(call) {
    const { context, actor, now } = call
    const { turned } = context
    if (turned?.plan !== call.id || !turned) throw notTurned()
    if (!actor.practitioner) throw forbidden('Only a named professional can turn the screen')
    const said = askedParameters(call, turnedAnswerRequest)
    if (String(said.version) !== turned.version) throw planMovedOn(Number(turned.version))
    const notAgreed = said.answer === 'agree-in-part' ? said.notAgreed : []
    if (said.answer === 'agree-in-part' && notAgreed.length === 0)
      throw new FhirProblem(422, 'business-rule', 'A yes in part must name what is not agreed')
    const at = now.toISOString()
    const answer = agreementToFhir(
      {
        ...{ id: said.id, planId: turned.plan, version: turned.version, words: said.words, at },
        yes: said.answer === 'agree',
        notAgreed,
        by: { reference: `Patient/${turned.person}`, name: '', voice: 'person' },
        how: {
          way: 'turned-screen',
          helpers: turned.helpers,
          recordedBy: {
            ...{ reference: `Practitioner/${actor.practitioner}`, name: actor.name },
            voice: 'professional',
          },
        },
      },
      turned.person,
    )
    await storeRecord(context, { resource: answer, onlyNew: true })
    return { resourceType: 'Parameters', parameter: [{ name: 'id', valueId: said.id }] }
  },
}
