import type { CarePlan, CareTeam, Communication, EpisodeOfCare } from '@medplum/fhirtypes'
import type { Contact } from '#domain/contact/contact.ts'
import { contactCategory, contactToFhir } from '#domain/contact/fhir.ts'
import { planKind } from '#domain/plan/fhir.ts'
import { ownCode, referenceTo } from '#domain/plan/fhir-parts.ts'
import type { Plan } from '#domain/plan/plan.ts'
import { noteChange } from './changes.ts'
import { now, today } from './clock.ts'
import { createOnce } from './create-once.ts'
import { changePlan, writtenNow } from './plan.ts'
import { type Edit, editWith, saveTogether } from './save.ts'
import { whoAmI } from './who-am-i.ts'

/** Writes down what was said when the plan was looked at together, and sets the next day: the plan's version moves. */
export async function holdReview(
  plan: Plan,
  review: Readonly<{ id: string; words: string; next: string }>,
): Promise<void> {
  const { person } = plan
  const said: Communication & { id: string } = {
    ...{ resourceType: 'Communication', id: review.id, status: 'completed' },
    // looking at the plan together is a contact too
    category: [ownCode('review'), contactCategory],
    subject: { reference: `Patient/${person}` },
    about: [{ reference: `CarePlan/${plan.id}` }],
    ...{ sender: referenceTo(whoAmI(person)), sent: now().toISOString() },
    payload: [{ contentString: review.words }],
  }
  const once: Edit = {
    ...{ type: 'Communication', id: review.id },
    onto: (current) => (current ? undefined : said),
  }
  const next = (stood: Plan): Plan => ({
    ...{ ...stood, reviewOn: review.next, written: writtenNow(person) },
  })
  await changePlan({
    ...{ person, planId: undefined, kind: 'hold-review', room: 'roof' },
    edits: [editWith<Plan, CarePlan>(planKind, plan.id, next), once],
  })
}

/**
 * A call or a visit, as it was made or tried, in the name of the one who is signed in. Only one that reached the person
 * ends a wait for it. The caller keeps `id` over retries.
 */
export async function noteContact(
  contact: Pick<Contact, 'id' | 'person' | 'way' | 'reached' | 'words'>,
): Promise<void> {
  await createOnce(contactToFhir({ ...contact, ...writtenNow(contact.person) }))
}

function episodeEdit(id: string, change: (episode: EpisodeOfCare) => EpisodeOfCare): Edit {
  return {
    ...{ type: 'EpisodeOfCare', id },
    onto: (current) => current && { ...change(current as EpisodeOfCare), id },
  }
}

/** Steps a case down, or takes it up again. */
export async function pauseCase(caseId: string, paused: boolean): Promise<void> {
  const status = paused ? 'onhold' : 'active'
  await saveTogether({ edits: [episodeEdit(caseId, (episode) => ({ ...episode, status }))] })
  await noteChange(['EpisodeOfCare'])
}

/** Closes a case: its outcome, the end of its plan and of its team, all at once. */
export async function closeCase(
  ended: Readonly<{ caseId: string; plan: Plan | undefined; outcome: string; words: string }>,
): Promise<void> {
  const { caseId, plan, outcome, words } = ended
  const end = now().toISOString()
  const close = (episode: EpisodeOfCare): EpisodeOfCare => ({
    ...episode,
    status: 'finished',
    period: { ...episode.period, end },
    extension: [
      ...(episode.extension ?? []),
      {
        url: 'https://gable.example/fhir/case-outcome',
        valueCodeableConcept: { ...ownCode(outcome), text: words },
      },
    ],
  })
  const team: Edit = {
    ...{ type: 'CareTeam', id: `team-${caseId}` },
    onto: (current) =>
      current && {
        ...{ ...(current as CareTeam), id: `team-${caseId}`, status: 'inactive' },
        period: { ...(current as CareTeam).period, end: today() },
      },
  }
  const endPlan = (stood: Plan): Plan => ({ ...stood, ended: true })
  const plans = plan ? [editWith<Plan, CarePlan>(planKind, plan.id, endPlan)] : []
  await saveTogether({ edits: [episodeEdit(caseId, close), ...plans, team] })
  await noteChange(['EpisodeOfCare', 'CarePlan', 'CareTeam'])
}
