import type { Questionnaire } from '@medplum/fhirtypes'
import { everyone } from '#server/store/access/access-scope.ts'
import type { AnswerPlace } from './given-answers.ts'

/**
 * The questionnaire that a response names, if it is stored here or comes with it; it tells which item is which. Without
 * a version it is the one that is asked now. A draft only where nothing of that name was ever published: it may say what
 * an alarm is about, and never scores or checks anything (`publishedForm`).
 */
export async function questionnaireOf(
  { service, pendingWrites: coming }: AnswerPlace,
  canonical: string | undefined,
): Promise<Questionnaire | undefined> {
  const [url, version] = canonical?.split('|') ?? []
  if (!url) return undefined
  const query = new URLSearchParams({
    url,
    ...(version ? { version } : {}),
    _sort: '-_lastUpdated',
  })
  const ids = await service.store.match('Questionnaire', query, everyone, mostVersions)
  const stored = await Promise.all(
    ids.map(async (id) => (await service.store.read('Questionnaire', id, everyone))?.resource),
  )
  const meant = [
    ...coming.values(),
    ...stored.filter((each) => !coming.has(`Questionnaire/${each?.id}`)),
  ].flatMap((each) =>
    each?.resourceType === 'Questionnaire' && isMeant(each, url, version) ? [each] : [],
  )
  return (
    meant.find(({ status }) => status === 'active') ??
    meant.find(({ status }) => status !== 'draft') ??
    meant[0]
  )
}

/** More than anybody publishes of one questionnaire. */
const mostVersions = 500

/** What scores and checks answers: never a draft. */
export const publishedForm = (form: Questionnaire | undefined): Questionnaire | undefined =>
  form?.status === 'draft' ? undefined : form

const isMeant = (each: Questionnaire, url: string, version: string | undefined) =>
  each.url === url && (version === undefined || each.version === version)
