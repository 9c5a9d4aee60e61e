import type {
  Appointment,
  CodeableConcept,
  Encounter,
  Patient,
  Reference,
} from '@medplum/fhirtypes'
import { dayOf } from '#domain/calendar/zone.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import { isTeamMeeting } from '#domain/meeting/is-team-meeting.ts'
import { plainCondition } from '#domain/record/plain-condition.ts'
import { conceptText } from '#domain/timeline/concept.ts'
import { type OutcomeRecord, visitOutcomes } from './visit-outcomes.ts'
import type { Visit, VisitKind, VisitState } from './visits.ts'

export type VisitSources = Readonly<{
  patient: Patient
  encounters: readonly Encounter[]
  appointments: readonly Appointment[]
  /** what the records tie to a visit */
  outcomes: readonly OutcomeRecord[]
}>

type Reading = Readonly<{ today: string; zone: string }>

/** Every visit in the records, past and planned. An appointment that became a visit is told once. */
export function visitsFrom(
  { patient, encounters, appointments, outcomes }: VisitSources,
  reading: Reading,
): readonly Visit[] {
  const kept = new Set(encounters.flatMap((each) => (each.appointment ?? []).map(referenceIn)))
  return [
    ...encounters.flatMap((each) => encounterVisit(each, { patient, outcomes, ...reading })),
    ...appointments
      .filter((each) => !kept.has(`Appointment/${each.id}`) && !isTeamMeeting(each))
      .flatMap((each) => appointmentVisit(each, { patient, ...reading })),
  ]
}

const referenceIn = ({ reference }: Reference) => reference ?? ''

type Facts = Reading & Readonly<{ patient: Patient; outcomes?: readonly OutcomeRecord[] }>

const encounterStates: Readonly<Partial<Record<Encounter['status'], VisitState>>> = {
  ...({ planned: 'planned', cancelled: 'cancelled', unknown: 'not-said' } as const),
  ...({ finished: 'held' } as const),
}

function encounterVisit(encounter: Encounter, facts: Facts): readonly Visit[] {
  const { id, status, period } = encounter
  if (status === 'entered-in-error') return []
  const at = period?.start && dayOf(period.start, facts.zone)
  return [
    {
      ...{ id: `Encounter/${id}`, kind: kindOfEncounter(encounter, facts.patient) },
      state: onItsDay(stateOf(encounter), at, facts.today),
      ...given('at', at),
      ...given('until', period?.end && dayOf(period.end, facts.zone)),
      ...whereAndWhy(encounter),
      outcomes: visitOutcomes(encounter, facts.outcomes ?? []),
    },
  ]
}

const stateOf = ({ status, period }: Encounter): VisitState =>
  encounterStates[status] ?? (period?.end ? 'held' : 'now')

function whereAndWhy({ serviceProvider, location, participant, reasonCode, type }: Encounter) {
  const people = (participant ?? []).map(({ individual }) => individual?.display)
  return {
    ...given('place', serviceProvider?.display ?? location?.[0]?.location.display),
    ...given('who', people.find(Boolean)),
    ...given('why', conceptText(reasonCode?.[0]) ?? conceptText(type?.[0])),
    ...given('plainWhy', plainCondition(reasonCode?.[0]?.coding)),
  }
}

/** One that was planned for a day that is over: nobody recorded whether it took place. */
const onItsDay = (state: VisitState, at: string | undefined, today: string): VisitState =>
  state === 'planned' && at !== undefined && at < today ? 'not-said' : state

const appointmentStates: Readonly<Partial<Record<NonNullable<Appointment['status']>, VisitState>>> =
  {
    ...({ fulfilled: 'held', arrived: 'held', 'checked-in': 'held' } as const),
    ...({ noshow: 'missed', cancelled: 'cancelled' } as const),
  }

function appointmentVisit(
  appointment: Appointment,
  { patient, today, zone }: Facts,
): readonly Visit[] {
  const { id, status, start, reasonCode, participant, description } = appointment
  if (status === 'entered-in-error') return []
  const day = start && dayOf(start, zone)
  const state = onItsDay(appointmentStates[status ?? 'booked'] ?? 'planned', day, today)
  const [reason] = reasonCode ?? []
  const named = (...types: readonly string[]) =>
    participant.find(({ actor }) => types.some((type) => actor?.reference?.startsWith(`${type}/`)))
      ?.actor?.display
  return [
    {
      ...{ id: `Appointment/${id}`, kind: kindOfAppointment(appointment, patient), state },
      ...given('at', state === 'planned' ? start : day),
      ...given('place', named('Location', 'HealthcareService') ?? placeInWords(participant)),
      ...given('who', named('Practitioner', 'PractitionerRole')),
      ...given(
        'why',
        conceptText(reason) ?? description ?? conceptText(appointment.serviceType?.[0]),
      ),
      ...given('plainWhy', plainCondition(reason?.coding)),
      outcomes: [],
    },
  ]
}

/** A place that is only named. */
const placeInWords = (participant: Appointment['participant']) =>
  participant.find(({ actor }) => actor && !actor.reference && !actor.identifier)?.actor?.display

/** v3-ActCode classes: a bed, an emergency department, at home, by phone or video. */
const byClass: Readonly<Record<string, VisitKind>> = {
  ...{ IMP: 'stay', ACUTE: 'stay', NONAC: 'stay', OBSENC: 'stay', SS: 'stay' },
  ...{ EMER: 'emergency', HH: 'home', VR: 'call' },
}

/** What the record calls it, in words; no code of a list that we cannot know in full. */
const byWords: readonly (readonly [RegExp, VisitKind])[] = [
  [/\bnurse\b/i, 'nurse'],
  [/\bGP\b|\bgeneral practi/i, 'gp'],
  [/\bclinic\b|\boutpatient/i, 'clinic'],
]

function kindOfEncounter(encounter: Encounter, patient: Patient): VisitKind {
  const known = byClass[encounter.class?.code ?? '']
  if (known) return known
  const people = (encounter.participant ?? []).flatMap(({ type }) => type ?? [])
  const concepts = [...(encounter.type ?? []), encounter.serviceType, ...people]
  return kindInWords(concepts, encounter.serviceProvider, patient)
}

function kindOfAppointment(appointment: Appointment, patient: Patient): VisitKind {
  const { serviceType = [], specialty = [], appointmentType, participant } = appointment
  const concepts = [...serviceType, ...specialty, appointmentType]
  const practice = participant.find(({ actor }) => isOwnPractice(actor, patient))?.actor
  return kindInWords(concepts, practice, patient)
}

function kindInWords(
  concepts: readonly (CodeableConcept | undefined)[],
  provider: Reference | undefined,
  patient: Patient,
): VisitKind {
  const said = concepts.map(conceptText).join(' ')
  const found = byWords.find(([words]) => words.test(said))
  return found?.[1] ?? (isOwnPractice(provider, patient) ? 'gp' : 'visit')
}

const isOwnPractice = (provider: Reference | undefined, { generalPractitioner }: Patient) =>
  provider?.reference !== undefined &&
  (generalPractitioner ?? []).some(({ reference }) => reference === provider.reference)
