import type { Observation, QuestionnaireResponse, Reference } from '@medplum/fhirtypes'
import { scoreIdFor, toScoreObservation } from '#domain/assessment/record.ts'
import { type CompleteScore, scoreOfResponse } from '#domain/assessment/scored-response.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { type AnswersContext, type AskedAnswer, shortId, whereNone } from './given-answers.ts'

/** The score; one that no longer follows from the answers is taken back. */
export async function scored({
  context,
  given,
  formOf,
}: AnswersContext): Promise<readonly AskedAnswer[]> {
  const { resource, person, act } = given
  if (resource.resourceType !== 'QuestionnaireResponse') return []
  const score = scoreOfResponse(resource, await formOf(resource))
  if (!score && act === 'C') return []
  const id = shortId(scoreIdFor(resource.id))
  const kept = await context.service.store.read('Observation', id, everyone)
  // what belongs to somebody else stays hers
  if (kept && kept.person !== person) return []
  const before = kept?.resource as Observation | undefined
  if (!score) return takenBack(before)
  if (before && saysSo(before, score)) return []
  const observation = toScoreObservation({
    ...{ id, response: resource.id, score, person, ...authorOf(resource) },
    at: resource.authored ?? context.now.toISOString(),
  })
  return [{ resource: observation, expect: kept ? 'anything' : whereNone(context) }]
}

function takenBack(before: Observation | undefined): readonly AskedAnswer[] {
  if (!before || before.status === 'entered-in-error') return []
  const resource = { ...before, id: before.id ?? '', status: 'entered-in-error' as const }
  return [{ resource, expect: 'anything' }]
}

const saysSo = ({ status, valueInteger, code }: Observation, { rule, value }: CompleteScore) =>
  ['final', 'amended', 'corrected'].includes(status) &&
  valueInteger === value &&
  code.coding?.[0]?.code === rule.code.code

const performers = [
  ...['Practitioner', 'PractitionerRole', 'Organization', 'CareTeam', 'Patient', 'RelatedPerson'],
]

/** Who answered, as the record says; whoever brought the answers is not named by them. */
function authorOf({ author }: QuestionnaireResponse): { by?: Reference } {
  const isOne = performers.some((type) => author?.reference?.startsWith(`${type}/`))
  return author && isOne ? { by: author } : {}
}
