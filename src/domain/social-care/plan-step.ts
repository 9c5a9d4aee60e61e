import { addDays } from '#domain/calendar/days.ts'
import type { SocialCareStep } from './social-care-work.ts'
import { reviewsToCome, type SupportPlan, supportPlanState } from './support-plan.ts'

/** A review is shown so many days before it is due. */
const shownAhead = 28

type Standing = Readonly<{
  plan: SupportPlan
  today: string
  /** the day of an instant where the service is */
  dayOf: (instant: string) => string
}>

type Step = Readonly<{ step: SocialCareStep; day: string; by: string }>

/** What has to be done next about a support plan; undefined if nothing has. */
export function planStep({ plan, today, dayOf }: Standing): Step | undefined {
  const { written, answers } = plan
  const since = { day: dayOf(written.at), by: written.by.name }
  switch (supportPlanState(plan)) {
    case 'draft':
      return { step: 'plan-to-offer', ...since }
    case 'offered':
      return { step: 'plan-to-agree', ...since }
    case 'not-agreed': {
      const last = answers.at(-1)
      return { step: 'plan-not-agreed', day: dayOf(last?.at ?? ''), by: last?.by.name ?? '' }
    }
    case 'ended':
      return undefined
    default: {
      const [due] = reviewsToCome(plan).filter(({ from }) => from <= addDays(today, shownAhead))
      return due ? { step: 'plan-review', day: due.by, by: written.by.name } : undefined
    }
  }
}
