import { clockToday } from '#client/clock.ts'
import type { AboutMe } from '#domain/plan/about-me.ts'
import { aboutMeKind } from '#domain/plan/about-me-fhir.ts'
import { saveInPlan, writtenNow } from './plan.ts'

/** Writes one section of About me; different sections never conflict. Rejects with `SaveConflict` or `FhirError`. */
export async function saveAboutMe(
  planId: string | undefined,
  edit: { base: AboutMe | undefined; mine: AboutMe },
): Promise<AboutMe> {
  const { person } = edit.mine
  const written = writtenNow(person)
  const mine = { ...edit.mine, saidOn: clockToday(), written }
  const change = { planId, kind: 'write-about-me', room: 'me' } as const
  return await saveInPlan(aboutMeKind, { base: edit.base, mine }, change)
}
