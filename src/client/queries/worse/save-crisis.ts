import { clockToday } from '#client/clock.ts'
import { mergeEditOf } from '#client/forms/merge-edit.ts'
import { savedAs, saveTogether } from '#client/forms/save-record.ts'
import { saveInPlan, writtenNow } from '#client/queries/care-plan/plan.ts'
import { type Aftercare, aftercareKind } from '#domain/plan/crisis/aftercare.ts'
import { crisisKind } from '#domain/plan/crisis/crisis-fhir.ts'
import type { CrisisLine, CrisisPlan } from '#domain/plan/crisis/crisis-plan.ts'

const change = { kind: 'write-what-if', room: 'roof' } as const

/** Writes lines of a crisis plan: the writer’s own, or the person’s as they say them. A line left empty is taken out. */
export async function saveCrisis(
  planId: string | undefined,
  { base, mine }: { base?: CrisisPlan | undefined; mine: CrisisPlan },
): Promise<CrisisPlan> {
  const written = writtenNow(mine.person)
  // the line of somebody else that is taken out for them says until it is stored whose wish that is
  const stays = ({ words, said }: CrisisLine) =>
    words.trim() !== '' || (said !== undefined && said.by.reference !== written.by.reference)
  const lines = mine.lines.filter(stays)
  const own = { ...mine, lines, written }
  return await saveInPlan(crisisKind, { base, mine: own }, { planId, ...change })
}

/** The person and the user looked at it together today. */
export async function lookedAtCrisis(
  planId: string | undefined,
  crisis: CrisisPlan,
): Promise<void> {
  const written = writtenNow(crisis.person)
  const looked = { on: clockToday(), said: { by: written.by, at: written.at } }
  const mine = { ...crisis, looked, written }
  await saveInPlan(crisisKind, { base: crisis, mine }, { planId, ...change })
}

/** Section 117 aftercare. It is restricted, and no part of what is agreed. */
export async function saveAftercare({
  base,
  mine,
}: {
  base?: Aftercare | undefined
  mine: Aftercare
}): Promise<Aftercare> {
  const own = { ...mine, written: writtenNow(mine.person) }
  const edits = [mergeEditOf(aftercareKind, { base, mine: own })]
  return savedAs(aftercareKind, own, await saveTogether({ edits }))
}
