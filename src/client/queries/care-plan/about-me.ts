import { clockToday } from '#client/clock.ts'
import { mergeEditOf } from '#client/forms/merge-edit.ts'
import { savedAs } from '#client/forms/save-record.ts'
import type { AboutMe } from '#domain/plan/about-me.ts'
import { aboutMeKind } from '#domain/plan/about-me-fhir.ts'
import { changePlan, writtenNow } from './plan.ts'

/** Writes one section of About me; different sections never conflict. Rejects with `SaveConflict` or `FhirError`. */
export async function saveAboutMe(
  planId: string | undefined,
  edit: { base: AboutMe | undefined; mine: AboutMe },
): Promise<AboutMe> {
  const { person } = edit.mine
  const written = writtenNow(person)
  const mine = { ...edit.mine, saidOn: clockToday(), written }
  const records = await changePlan({
    person,
    planId,
    kind: 'write-about-me',
    room: 'me',
    edits: [mergeEditOf(aboutMeKind, { base: edit.base, mine })],
  })
  return savedAs(aboutMeKind, mine, records)
}
