import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { createOnce } from '#client/fhir/create-once.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import { accessSeenToFhir } from '#domain/today/access-news.ts'

type Seen = Readonly<{ id: string; person: string; news: readonly string[] }>

/** Marks changes of who can see a person as seen. The caller keeps `id` over retries. */
export async function dismissAccessNews(seen: Seen): Promise<void> {
  await createOnce(accessSeenToFhir({ ...seen, written: writtenNow(seen.person) }))
}

/** They are on the Today page again. */
export async function restoreAccessNews(id: string): Promise<void> {
  const message = await fhir.read('Communication', id)
  await fhir.update({ ...message, status: 'entered-in-error' })
  await noteChangeEvent(['Communication'])
}
