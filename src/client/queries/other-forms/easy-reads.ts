import { createOnce } from '#client/fhir/create-once.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import type { EasySource } from '#domain/plan/easy-read/easy-entries.ts'
import type { EasyLine, EasyRead } from '#domain/plan/easy-read/easy-read.ts'
import { easyReadToMessage } from '#domain/plan/easy-read/easy-read-message.ts'

type NewEasyRead = Readonly<{
  id: string
  person: string
  source: EasySource
  lines: readonly EasyLine[]
  withPerson: boolean
}>

/** Writes the easy words for one thing that the plan says. The caller keeps `id` over retries. */
export async function addEasyRead({ source, ...easy }: NewEasyRead): Promise<void> {
  const { source: record, detail, version } = source
  await createOnce(
    easyReadToMessage({ ...easy, source: record, detail, version, ...writtenNow(easy.person) }),
  )
}

/** Takes easy words back: they stay in the history as an error. Safe to repeat. */
export async function takeBackEasyRead({ id }: EasyRead): Promise<void> {
  await saveTogether({
    edits: [
      {
        ...{ type: 'Communication', id },
        onto: (current) =>
          current?.resourceType === 'Communication' && current.status !== 'entered-in-error'
            ? { ...current, id, status: 'entered-in-error' }
            : undefined,
      },
    ],
  })
}
