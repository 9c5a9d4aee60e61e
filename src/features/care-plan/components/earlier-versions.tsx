import type { PlanRecord } from '#domain/plan/plan.ts'
import { EarlierText } from '#ui/text/earlier-text.tsx'
import { WhenText } from './when-text.tsx'

/** The person's own words that a professional overwrote, with who had helped and when. */
export function Earlier({ record: { earlier } }: { record: PlanRecord }) {
  return <EarlierText earlier={earlier} when={earlier?.at ? <WhenText at={earlier.at} /> : null} />
}
