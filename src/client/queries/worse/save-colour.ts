import { now } from '#client/clock.ts'
import { saveRecord } from '#client/forms/save-record.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import type { WhatIfLevel } from '#domain/plan/plan.ts'
import { colourKind, type DayColour } from '#domain/plan/worse/day-colour.ts'

type Said = Readonly<{ person: string; colour: WhatIfLevel; words: string }>

/** Says in the user’s own name how things are today. Each person has one record, and the latest of all counts. */
export async function saveColour(said: Said, before: readonly DayColour[]): Promise<void> {
  const by = whoAmI(said.person)
  const base = before.find((each) => each.by.reference === by.reference)
  const at = now().toISOString()
  const id = base?.id ?? crypto.randomUUID()
  const mine: DayColour = { ...base, ...said, id, by, at, written: { by, at } }
  await saveRecord(colourKind, { base, mine })
}
