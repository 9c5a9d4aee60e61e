import type { CarePlan, CareTeam, EpisodeOfCare, Extension, Flag } from '@medplum/fhirtypes'
import { type Closing, closingsOf } from '#domain/alert/closing.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import {
  extensionOf,
  extensionsOf,
  given,
  idIn,
  ownCode,
  recordFrom,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import { isWhatIf } from '#domain/plan/fhir.ts'
import type { CarerIllStep, PlanRecord, Who } from '#domain/plan/plan.ts'
import { whatIfFromFhir } from './what-if-fhir.ts'

/** One thing that was set off because a carer is ill. */
export type SetOff = Readonly<{
  /** id of the Task */
  task: string
  what: string
  /** who does it, by name; empty if nobody can */
  who: string
  phone: string
  /** whose list it is on; absent if the team has no coordinator */
  owner?: Who
}>

/** One day on which a carer is ill, and exactly what that set off. */
export type CarerIllness = PlanRecord &
  Readonly<{
    person: string
    carer: Who
    /** `YYYY-MM-DD` */
    day: string
    /** who set it off, and when (instant) */
    by?: Who
    at: string
    isOver: boolean
    setOff: readonly SetOff[]
    /** that the carer is better, with what was done; the last one counts */
    ended?: Closing
  }>

export const isCarerIll = (flag: Flag): boolean =>
  flag.category?.some((each) =>
    each.coding?.some(({ system, code }) => system === gableCodeSystem && code === 'carer-ill'),
  ) ?? false

/** Who is ill: the carer, whoever says so. */
export const illCarerIn = (flag: Flag): string | undefined =>
  extensionOf(flag, 'carer')?.valueReference?.reference

/** What is kept when somebody ends it without a word. */
export const betterWithoutWords = 'Better again'

/** One a day for each carer: setting it off twice is the same as once. */
export const carerIllIdFor = (carer: string, day: string): string =>
  `ill-${day}-${idIn(carer).slice(-49)}`

/** What a client sends: who is ill, and on which day. Everything else is the server’s. */
export const carerIllFlag = (person: string, carer: Who, day: string): Flag & { id: string } => ({
  ...{ resourceType: 'Flag', id: carerIllIdFor(carer.reference, day), status: 'active' },
  category: [ownCode('carer-ill')],
  code: { ...ownCode('carer-ill'), text: 'The carer is ill' },
  subject: { reference: `Patient/${person}` },
  ...withExtensions(undefined, {
    // without the name, so that what a device sends is what the server keeps
    carer: [{ valueReference: { reference: carer.reference } }],
    'on-day': [{ valueDate: day }],
  }),
})

export const dayOfIllness = (flag: Flag): string => extensionOf(flag, 'on-day')?.valueDate ?? ''

export function carerIllFromFhir(flag: Flag): CarerIllness | undefined {
  const reference = illCarerIn(flag)
  const display = extensionOf(flag, 'carer-name')?.valueString ?? ''
  const carer = reference ? whoFrom({ reference, display }) : undefined
  if (!carer || flag.status === 'entered-in-error') return undefined
  return {
    ...recordFrom(flag, flag.author),
    person: idIn(flag.subject?.reference),
    carer,
    day: dayOfIllness(flag),
    ...given('by', whoFrom(extensionOf(flag, 'set-off-by')?.valueReference)),
    at: flag.period?.start ?? '',
    isOver: flag.status !== 'active',
    setOff: extensionsOf(flag, 'set-off').map(setOffFrom),
    ...given('ended', flag.status === 'active' ? undefined : closingsOf(flag).at(-1)),
  }
}

function setOffFrom({ extension = [] }: Extension): SetOff {
  const part = (url: string) => extension.find((each) => each.url === url)
  return {
    task: part('code')?.valueCode ?? '',
    what: part('what')?.valueString ?? '',
    who: part('who')?.valueString ?? '',
    phone: part('phone')?.valueString ?? '',
    ...given('owner', whoFrom(part('owner')?.valueReference)),
  }
}

export const setOffParts = ({ task, what, who, phone, owner }: SetOff): Omit<Extension, 'url'> => ({
  extension: [
    { url: 'code', valueCode: task },
    { url: 'what', valueString: what },
    ...(who ? [{ url: 'who', valueString: who }] : []),
    ...(phone ? [{ url: 'phone', valueString: phone }] : []),
    ...(owner ? [{ url: 'owner', valueReference: referenceTo(owner) }] : []),
  ],
})

type Around = Readonly<{
  episodes: readonly EpisodeOfCare[]
  carePlans: readonly CarePlan[]
  teams: readonly CareTeam[]
}>

/** What the plan says for a day on which the carer is ill, who coordinates, and who is in the team. */
export function illnessPlanIn({ episodes, carePlans, teams }: Around) {
  const episode = episodes.find(({ status }) => status === 'active' || status === 'onhold')
  const isOfCase = (plan: CarePlan) =>
    !episode || plan.supportingInfo?.some((each) => idIn(each.reference) === episode.id)
  const whatIf = carePlans.find((plan) => isWhatIf(plan) && isOfCase(plan))
  const members = teams
    .filter(({ status = 'active' }) => status === 'active')
    .flatMap(({ participant = [] }) => participant.filter((each) => !each.period?.end))
  return {
    coordinator: whoFrom(episode?.careManager),
    steps: whatIf ? (whatIfFromFhir(whatIf).carerIll ?? []) : [],
    members: members.flatMap(({ member }) => member?.reference ?? []),
  }
}

type Setting = Readonly<{
  carer: Who
  coordinator: Who | undefined
  steps: readonly CarerIllStep[]
  members: readonly string[]
  taskIdFor: (key: string) => string
}>

/**
 * Everything that is set off, the call to the carer first. A task goes only to somebody who is in the team already, so
 * that it opens the record to nobody; for somebody else, and where nobody can, the coordinator has it.
 */
export function setOffBy(setting: Setting): readonly SetOff[] {
  const { carer, coordinator, steps, members, taskIdFor } = setting
  const led = given('owner', coordinator)
  const call: SetOff = {
    ...{ task: taskIdFor('call'), phone: '', ...led, who: coordinator?.name ?? '' },
    what: `Call ${carer.name}, who is ill today, and say what happens`,
  }
  return [
    call,
    ...steps.map((step): SetOff => {
      // whoever is ill does not step in: somebody else has to be found
      const { what } = step
      const { who, phone } = isSame(step.who, carer) ? { who: undefined, phone: '' } : step
      const fits = who?.reference && members.includes(who.reference)
      const owner = fits && who.voice !== 'person' ? given('owner', who) : led
      return { task: taskIdFor(step.id), what, who: who?.name ?? '', phone, ...owner }
    }),
  ]
}

/** Somebody named in the plan need not be named by their record. */
const isSame = (one: Who | undefined, other: Who): boolean =>
  one !== undefined &&
  (one.reference
    ? one.reference === other.reference
    : one.name.trim().toLowerCase() === other.name.trim().toLowerCase())

/** The task as its owner reads it. */
export function taskWords({ what, who, phone, owner }: SetOff, carer: string): string {
  if (!who) return `Nobody yet: ${what}. Find somebody today, because ${carer} is ill`
  const isTheirs = owner?.name === who
  const call = [who, phone].filter(Boolean).join(', ')
  return isTheirs
    ? `${what} (${carer} is ill today)`
    : `Ask ${call}: ${what} (${carer} is ill today)`
}
