import type { Observation, QuestionnaireResponse, Reference } from '@medplum/fhirtypes'
import { scoreIdFor, toScoreObservation } from '#domain/assessment/record.ts'
import { type CompleteScore, scoreOfResponse } from '#domain/assessment/scored-response.ts'
import { everyone } from '#server/authorization/access-scope.ts'
import { type Asked, type Ground, shortId, whereNone } from './given-answers.ts'

/** The score; one that no longer follows from the answers is taken back. */
export async function scored({ visit, given, formOf }: Ground): Promise<readonly Asked[]> {
  const { resource, person, act } = given
  if (resource.resourceType !== 'QuestionnaireResponse') return []
  const score = scoreOfResponse(resource, await formOf(resource))
  if (!score && act === 'C') return []
  const id = shortId(scoreIdFor(resource.id))
  const kept = await visit.service.store.read('Observation', id, everyone)
  // what belongs to somebody else stays hers
  if (kept && kept.person !== person) return []
  const before = kept?.resource as Observation | undefined
  if (!score) return takenBack(before)
  if (before && saysSo(before, score)) return []
  const observation = toScoreObservation({
    ...{ id, response: resource.id, score, person, ...authorOf(resource) },
    at: resource.authored ?? visit.now.toISOString(),
  })
  return [{ resource: observation, expect: kept ? 'anything' : whereNone(visit) }]
}

function takenBack(before: Observation | undefined): readonly Asked[] {
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
