import { type FrailtyBand, frailtyBand } from '#domain/risk/frailty.ts'

/**
 * Which people are compared with each other: by emergency stays in the year before, the band of the frailty count
 * (without medicines, whose past is seldom recorded) and age. Written `stays/band/age`: `1/mild/65`. Our own choice of
 * three facts that every record has; not a published model.
 */
export type Likeness = string

const ages = [
  [80, '80'],
  [65, '65'],
  [18, '18'],
  [0, '0'],
] as const

/** The likeness of somebody of this age in whole years with this many deficits and emergency stays. */
export function likenessOf(
  facts: Readonly<{ age: number; deficits: number; stays: number }>,
): Likeness {
  const age = ages.find(([from]) => facts.age >= from)?.[1] ?? '0'
  return [Math.min(facts.stays, mostStays), frailtyBand(facts.deficits), age].join('/')
}

/** Two stays and more are one group: few people have three. */
const mostStays = 2

/** With one stay or more: for people with two, of whom there may be too few, so that they are not left without a chance. */
const anyStays = '1+'

/**
 * From the closest comparison to the widest: all three facts, without the age, stays alone; for people with a stay also
 * everybody with one or more, by band and alone.
 */
export function widerLikenesses(likeness: Likeness): readonly Likeness[] {
  const [stays = '', band = '', age = ''] = likeness.split('/')
  const close = [`${stays}/${band}/${age}`, `${stays}/${band}`, stays]
  return stays === '0' ? close : [...close, `${anyStays}/${band}`, anyStays]
}

export type LikenessParts = Readonly<{
  stays: number
  /** people with more stays are compared, too */
  orMore?: boolean
  /** absent: people of every band are compared */
  band?: FrailtyBand
  /** from this age; absent: people of every age are compared */
  age?: number
}>

export function likenessParts(likeness: Likeness): LikenessParts {
  const [stays = '0', band, age] = likeness.split('/')
  return {
    stays: Number.parseInt(stays, 10),
    ...(stays === anyStays ? { orMore: true } : {}),
    ...(band ? { band: band as FrailtyBand } : {}),
    ...(age ? { age: Number(age) } : {}),
  }
}
