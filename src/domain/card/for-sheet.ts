import type { WhatIfStep } from '#domain/plan/plan.ts'
import type { Essentials } from '#domain/plan/worse/essentials.ts'

/** How many of each fit on one sheet beside two codes. Allergies come first, and are hardly ever so many. */
const most = {
  ...{ allergies: 10, illnesses: 16, circumstances: 6, medicines: 14 },
  ...{ situations: 4, nextOfKin: 4 },
} as const
export type CutPart = keyof typeof most

/** How many characters of a text that somebody wrote fit. */
const longest = 260

type Sheet = Readonly<{
  essentials: Essentials
  /** how many of each are left out */
  left: Partial<Record<CutPart, number>>
  /** a text was cut, at “…” */
  /** printed in smaller letters, so that it stays one sheet */
  isFull: boolean
  isCut: boolean
}>

/** What fits on one sheet, and what does not: a list that stops without a word reads as if it were whole. */
export function forSheet(all: Essentials): Sheet {
  const lists = {
    allergies: all.allergies.list,
    illnesses: all.illnesses,
    circumstances: all.circumstances,
    medicines: all.medicines,
    situations: all.situations,
    nextOfKin: all.nextOfKin,
  }
  const left = Object.fromEntries(
    Object.entries(lists).flatMap(([part, list]) => {
      const over = list.length - most[part as CutPart]
      return over > 0 ? [[part, over]] : []
    }),
  )
  const { red } = all
  const essentials: Essentials = {
    ...all,
    allergies: { ...all.allergies, list: all.allergies.list.slice(0, most.allergies) },
    illnesses: all.illnesses.slice(0, most.illnesses),
    circumstances: all.circumstances.slice(0, most.circumstances),
    medicines: all.medicines.slice(0, most.medicines),
    situations: all.situations
      .slice(0, most.situations)
      .map((each) => ({ ...each, words: short(each.words) })),
    nextOfKin: all.nextOfKin.slice(0, most.nextOfKin),
    ...(all.livesAt ? { livesAt: short(all.livesAt) } : {}),
    communication: short(all.communication),
    matters: short(all.matters),
    wishes: all.wishes.map((each) => ({ ...each, words: short(each.words) })),
    ...(red ? { red: shortStep(red) } : {}),
  }
  return {
    essentials,
    left,
    isFull: linesOf(essentials) > mostAtFullSize,
    isCut: JSON.stringify(textsOf(all)) !== JSON.stringify(textsOf(essentials)),
  }
}

/** More lines than this stand on one sheet only in smaller letters. */
const mostAtFullSize = 16
const linesOf = ({ allergies, medicines, situations, nextOfKin }: Essentials) =>
  [allergies.list, medicines, situations, nextOfKin].flat().length

const shortStep = (step: WhatIfStep): WhatIfStep => ({
  ...step,
  sign: short(step.sign),
  doWhat: short(step.doWhat),
})

const textsOf = ({ livesAt, communication, matters, wishes, red, situations }: Essentials) => [
  ...[livesAt, communication, matters, red?.sign, red?.doWhat],
  ...[...wishes, ...situations.slice(0, most.situations)].map(({ words }) => words),
]

/** Cut after a whole word. */
function short(words: string): string {
  if (words.length <= longest) return words
  const cut = words.slice(0, longest).toWellFormed()
  const end = cut.lastIndexOf(' ')
  return `${cut.slice(0, end > longest / 2 ? end : longest).trimEnd()} …`
}
