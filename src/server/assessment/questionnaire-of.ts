import type { Questionnaire } from '@medplum/fhirtypes'
import { everyone } from '#server/store/access/access-scope.ts'
import type { AnswerPlace } from './given-answers.ts'

/** The questionnaire that a response names, if it is stored here or imported with it; it tells which item is which. */
export async function questionnaireOf(
  { service, pendingWrites: coming }: AnswerPlace,
  canonical: string | undefined,
): Promise<Questionnaire | undefined> {
  const [url, version] = canonical?.split('|') ?? []
  if (!url) return undefined
  for (const each of coming.values())
    if (each.resourceType === 'Questionnaire' && isMeant(each, url, version)) return each
  const query = new URLSearchParams({
    url,
    ...(version ? { version } : {}),
    _sort: '-_lastUpdated',
  })
  const [id] = await service.store.match('Questionnaire', query, everyone, 1)
  const stored = id ? await service.store.read('Questionnaire', id, everyone) : undefined
  return stored?.resource as Questionnaire | undefined
}

const isMeant = (each: Questionnaire, url: string, version: string | undefined) =>
  each.url === url && (version === undefined || each.version === version)
