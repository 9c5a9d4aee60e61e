import type {
  HealthcareService,
  HealthcareServiceAvailableTime,
  Organization,
  Practitioner,
  PractitionerRole,
} from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import { addDays } from '#domain/calendar/days.ts'
import type { DirectoryService } from '#domain/directory/directory-service.ts'
import { directoryServiceTo } from '#domain/directory/is-directory-service.ts'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import { demoIdentities, demoOrganisations } from './identities.ts'
import type { SeedRecord } from './seed-record.ts'

const phones: Readonly<Record<string, string>> = {
  'brook-surgery': '01632 960100',
  'riverside-council': '01632 960200',
  'st-annes-hospital': '01632 960300',
  'elsewhere-clinic': '01632 960400',
}

const roleWords: Readonly<Record<string, string>> = {
  'nurse-case-manager': 'Nurse case manager',
  'social-worker': 'Social worker',
  gp: 'GP',
  pharmacist: 'Pharmacist',
  physiotherapist: 'Physiotherapist',
  professional: 'Doctor',
}

/** The partners of the demonstration: whoever cares for somebody there. */
const partnerIds: readonly string[] = ['brook-surgery', 'riverside-council', 'st-annes-hospital']

/**
 * The organisations and staff of the demonstration. Telephone numbers are from the range reserved for drama (01632
 * 96…). The services were checked so long before `asOf`, a day.
 */
export function* demoOrganisationRecords(asOf = '2026-11-23'): Generator<SeedRecord> {
  for (const each of demoOrganisations) {
    yield {
      resourceType: 'Organization',
      id: each.id,
      active: true,
      name: each.name,
      identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: each.ods }],
      telecom: [{ system: 'phone', value: phones[each.id] ?? '01632 960000' }],
      ...(partnerIds.includes(each.id)
        ? { extension: [{ url: gableUrl('partner-since'), valueDate: addDays(asOf, -900) }] }
        : {}),
    } satisfies Organization
  }
  for (const { id, name } of demoOrganisations.filter(({ id }) => hours[id]))
    yield {
      resourceType: 'HealthcareService',
      id: `${id}-telephone`,
      active: true,
      name: `${name}: telephone`,
      providedBy: { reference: `Organization/${id}`, display: name },
      telecom: [{ system: 'phone', value: phones[id] ?? '' }],
      availableTime: [hours[id] ?? {}],
      availabilityExceptions: 'Closed on bank holidays',
    } satisfies HealthcareService
  for (const { checkedBefore, ...service } of demoServices)
    yield directoryServiceTo({ ...service, checkedOn: addDays(asOf, -checkedBefore) })
  for (const actor of demoIdentities) yield* staffRecords(actor)
}

/** Invented, each of them: a few services of the directory, one that nobody has checked for long. */
const demoServices: readonly (Omit<DirectoryService, 'checkedOn'> &
  Readonly<{ checkedBefore: number }>)[] = [
  {
    ...{ id: 'service-home-adaptations', name: 'Home adaptations', provider: 'Riverside Council' },
    ...{ organisation: 'riverside-council', what: 'Rails, ramps and bathing aids at home' },
    ...{ areas: ['Riverside'], waitingWeeks: 6, phone: '01632 960200', isSocial: false },
    ...{ eligibility: 'Adults who live in the borough', howToRefer: 'Refer here' },
    ...{ checkedBefore: 70, isEnded: false },
  },
  {
    ...{ id: 'service-lunch-club', name: 'Wednesday lunch club', provider: 'Brook hall' },
    ...{ what: 'Lunch and company, with a driver', areas: ['Brook', 'Riverside'], waitingWeeks: 0 },
    ...{ eligibility: 'Anybody over 60', howToRefer: 'Call and ask for a place' },
    ...{ phone: '01632 960417', isSocial: true, checkedBefore: 49, isEnded: false },
  },
  {
    ...{ id: 'service-falls', name: 'Falls clinic', provider: 'St Anne’s Hospital' },
    ...{ organisation: 'st-annes-hospital', what: 'Why somebody falls, and what helps' },
    ...{ areas: ['Riverside', 'Brook'], waitingWeeks: 11, phone: '01632 960300', isSocial: false },
    ...{ eligibility: 'Two falls in a year, or one with an injury', howToRefer: 'Refer here' },
    ...{ checkedBefore: 95, isEnded: false },
  },
  {
    ...{ id: 'service-walking', name: 'Slow walkers', provider: 'Friends of the park' },
    ...{ what: 'A short walk and tea, Tuesdays', areas: ['Brook'], phone: '01632 960431' },
    ...{ eligibility: 'Anybody who walks with or without a frame', howToRefer: 'Come to the gate' },
    ...{ isSocial: true, checkedBefore: 658, isEnded: false },
  },
]

const mondayToFriday: ('mon' | 'tue' | 'wed' | 'thu' | 'fri')[] = [
  ...(['mon', 'tue', 'wed', 'thu', 'fri'] as const),
]

/** A practice is open from 8am to 6.30pm, Monday to Friday, by contract (“core hours”). The others did not say. */
const hours: Readonly<Record<string, HealthcareServiceAvailableTime>> = {
  'brook-surgery': {
    daysOfWeek: mondayToFriday,
    availableStartTime: '08:00:00',
    availableEndTime: '18:30:00',
  },
}

function* staffRecords(actor: Actor): Generator<SeedRecord> {
  if (!actor.practitioner || !actor.organisation) return
  const [given = '', family = ''] = actor.name.replace(/^Dr /, '').split(' ')
  const prefix = actor.name.startsWith('Dr ') ? { prefix: ['Dr'] } : {}
  yield {
    resourceType: 'Practitioner',
    id: actor.practitioner,
    active: true,
    name: [{ family, given: [given], ...prefix, text: actor.name }],
    telecom: [{ system: 'phone', value: phones[actor.organisation] ?? '' }],
    identifier: [{ system: 'https://fhir.nhs.uk/Id/sds-user-id', value: staffNumber(actor) }],
  } satisfies Practitioner
  yield {
    resourceType: 'PractitionerRole',
    id: `role-${actor.practitioner}`,
    active: true,
    practitioner: { reference: `Practitioner/${actor.practitioner}`, display: actor.name },
    organization: {
      reference: `Organization/${actor.organisation}`,
      display: actor.organisationName ?? '',
    },
    code: [
      {
        coding: [{ system: gableCodeSystem, code: actor.role }],
        text: roleWords[actor.role] ?? actor.role,
      },
    ],
  } satisfies PractitionerRole
}

/** In the form of a staff identifier, and nobody's: it counts the demonstration's identities. */
function staffNumber(actor: Actor): string {
  return `99900000000${demoIdentities.indexOf(actor)}`
}
