import { ageOn } from '#domain/calendar/age.ts'
import { addDays } from '#domain/calendar/days.ts'
import { type Measurement, newestOf } from './measurements.ts'
import {
  notWorkedOut,
  type Open,
  type PublishedPart,
  type PublishedScore,
  summed,
} from './published-score.ts'

const about = {
  version: 'NEWS2 2017, oxygen scale 1',
  source: 'Royal College of Physicians, National Early Warning Score (NEWS) 2, 2017',
}

/** `[up to and including, points]`, in rising order; above the last one `over` counts. */
type Steps = Readonly<{ steps: readonly (readonly [upTo: number, points: number])[]; over: number }>

const pointsOf = ({ steps, over }: Steps, value: number): number =>
  steps.find(([upTo]) => value <= upTo)?.[1] ?? over

/** Breaths a minute. */
const breathing: Steps = {
  steps: [
    [8, 3],
    [11, 1],
    [20, 0],
    [24, 2],
  ],
  over: 3,
}
/** Oxygen in the blood, per cent, scale 1. */
const oxygen: Steps = {
  steps: [
    [91, 3],
    [93, 2],
    [95, 1],
  ],
  over: 0,
}
/** Upper blood pressure, mmHg. */
const pressure: Steps = {
  steps: [
    [90, 3],
    [100, 2],
    [110, 1],
    [219, 0],
  ],
  over: 3,
}
/** Heartbeats a minute. */
const pulse: Steps = {
  steps: [
    [40, 3],
    [50, 1],
    [90, 0],
    [110, 1],
    [130, 2],
  ],
  over: 3,
}
/** Degrees Celsius, to one decimal place. */
const temperature: Steps = {
  steps: [
    [35, 3],
    [36, 1],
    [38, 0],
    [39, 1],
  ],
  over: 2,
}

type Vital = 'breathing' | 'oxygen' | 'pressure' | 'pulse' | 'temperature'

const vitals: Readonly<
  Record<Vital, Readonly<{ codes: readonly string[]; steps: Steps; most: number }>>
> = {
  breathing: { codes: ['9279-1', '86290005'], steps: breathing, most: 3 },
  oxygen: {
    ...{ codes: ['59408-5', '2708-6', '103228002', '431314004'], steps: oxygen, most: 3 },
  },
  pressure: { codes: ['8480-6', '271649006', '72313002'], steps: pressure, most: 3 },
  pulse: { codes: ['8867-4', '78564009', '364075005'], steps: pulse, most: 3 },
  temperature: { codes: ['8310-5', '386725007', '276885007'], steps: temperature, most: 3 },
}

/** Points of one vital sign, by the published table; temperatures count to one decimal place. */
export const news2Points = (vital: Vital, value: number): number =>
  pointsOf(vitals[vital].steps, vital === 'temperature' ? Math.round(value * 10) / 10 : value)

/** Oxygen scale 2, for somebody for whom a clinician has set 88 to 92%: more counts only for who is on oxygen. */
const oxygenScale2: Steps = {
  steps: [
    [83, 3],
    [85, 2],
    [87, 1],
    [92, 0],
    [94, 1],
    [96, 2],
  ],
  over: 3,
}

export const news2Scale2Points = (saturation: number, isOnOxygen: boolean): number =>
  saturation > 92 && !isOnOxygen ? 0 : pointsOf(oxygenScale2, saturation)

/** Any single 3 asks for an urgent look although the sum is low. */
export function news2Band(score: number, hasThree: boolean): string {
  if (score >= 7) return 'high'
  if (score >= 5) return 'medium'
  return hasThree ? 'low-medium' : 'low'
}

const consciousness = ['1104441000000107', '67775-7', '80288-4']
const alert = ['248234008', 'LA9340-6', 'A']
const notAlert = [
  '130987000',
  '300202002',
  '450847001',
  '422768004',
  'LA9341-4',
  'LA9342-2',
  'LA9343-0',
  'C',
  'V',
  'P',
  'U',
]
const air = ['722742002']
const onOxygen = ['371825009']
/** flow in litres a minute; oxygen breathed in, per cent */
const flow = ['3151-8']
const breathedIn = ['3150-6', '19994-3']

type At = Readonly<{
  measured: readonly Measurement[]
  day: string
  birthDate?: string | undefined
}>

/** NEWS2 of the newest set of vital signs: what was measured on the day of the newest one and the day before. */
export function news2({ measured, day, birthDate }: At): PublishedScore {
  const age = ageOn(birthDate, day)
  if (age !== undefined && age < 16)
    return { ...about, ...notWorkedOut([]), caveats: ['not-under-16'], unmapped: 0 }
  const newest = newestOf(
    measured,
    Object.values(vitals).flatMap(({ codes }) => codes),
  )
  if (!newest) return { ...about, ...notWorkedOut(['vital-signs']), unmapped: 0 }
  const set = measured.filter((each) => each.day >= addDays(newest.day, -1))
  const found = [...signs(set), oxygenGiven(set), awareness(set)]
  const parts = found.flatMap(({ part }) => part ?? [])
  const open = found.flatMap((each) => each.open ?? [])
  const hasThree = parts.some(({ points }) => points === 3)
  const mayHaveThree = open.some(({ to }) => to === 3)
  const { band, ...rest } = summed({ parts, open, bandOf: (sum) => news2Band(sum, hasThree) })
  return {
    ...{ ...about, ...rest },
    ...(band && !(band === 'low' && mayHaveThree) ? { band } : {}),
    caveats: ['scale-1', ...(age === undefined ? ['age-unknown'] : [])],
    ...{ unmapped: 0, asOf: newest.at },
  }
}

type Found = Readonly<{ part?: PublishedPart; open?: Open }>

const signs = (set: readonly Measurement[]): readonly Found[] =>
  (Object.keys(vitals) as Vital[]).map((vital) => {
    const { codes, most } = vitals[vital]
    const found = newestOf(set, codes, ({ value }) => value !== undefined)
    const value = found && inUnit(vital, found)
    if (!found || value === undefined) return { open: { code: vital, from: 0, to: most } }
    const points = news2Points(vital, value)
    return {
      part: { code: vital, points, value: `${found.value} ${found.unit}`, inputs: [found.input] },
    }
  })

/** Degrees Fahrenheit are converted; every other sign has one unit. */
function inUnit(vital: Vital, { value, unit }: Measurement): number | undefined {
  if (value === undefined) return undefined
  if (vital !== 'temperature') return value
  if (/^\[?deg\]?F|°F/.test(unit)) return ((value - 32) * 5) / 9
  return value
}

/** Air or oxygen: as said, or by what was given. */
function oxygenGiven(set: readonly Measurement[]): Found {
  const said = set.find(({ answers }) =>
    answers.some((each) => [...air, ...onOxygen].includes(each)),
  )
  if (said)
    return given(
      said,
      said.answers.some((each) => onOxygen.includes(each)),
    )
  const litres = newestOf(set, flow, ({ value }) => value !== undefined)
  if (litres) return given(litres, (litres.value ?? 0) > 0)
  const share = newestOf(set, breathedIn, ({ value }) => value !== undefined)
  return share
    ? given(share, (share.value ?? 0) > 21)
    : { open: { code: 'air-or-oxygen', from: 0, to: 2 } }
}

const given = ({ input }: Measurement, isGiven: boolean): Found => ({
  part: { code: 'air-or-oxygen', points: isGiven ? 2 : 0, inputs: [input] },
})

/** Alert, or newly confused, or answering only to voice or pain, or not at all. */
function awareness(set: readonly Measurement[]): Found {
  const known = [...alert, ...notAlert]
  const found = newestOf(set, consciousness, ({ answers }) =>
    answers.some((each) => known.includes(each)),
  )
  if (!found) return { open: { code: 'consciousness', from: 0, to: 3 } }
  const points = found.answers.some((each) => alert.includes(each)) ? 0 : 3
  return { part: { code: 'consciousness', points, inputs: [found.input] } }
}
