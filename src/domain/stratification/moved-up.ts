import { frailtyBands } from '#domain/risk/frailty.ts'
import { type Likeness, likenessParts } from './likeness.ts'

/** Why a chance is higher than before; `counted-anew`: the person is as before, and the people like them had more stays. */
export type UpReason = 'stays' | 'frailty' | 'age' | 'counted-anew'

type Standing = Readonly<{ chance: number | undefined; likeness: Likeness }>

/** Why somebody moved up between two counts; undefined if their chance is not higher. */
export function movedUp(before: Standing, now: Standing): UpReason | undefined {
  if (before.chance === undefined || now.chance === undefined || now.chance <= before.chance)
    return undefined
  const [was, is] = [likenessParts(before.likeness), likenessParts(now.likeness)]
  if (is.stays > was.stays) return 'stays'
  const place = ({ band }: typeof is) => (band ? frailtyBands.indexOf(band) : -1)
  if (place(is) > place(was)) return 'frailty'
  return (is.age ?? 0) > (was.age ?? 0) ? 'age' : 'counted-anew'
}
