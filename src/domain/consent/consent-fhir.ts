import type { CodeableConcept, Coding, Consent } from '@medplum/fhirtypes'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'
import { dayWritten } from '#domain/calendar/days.ts'
import { gableCodeSystem, hl7CodeSystem } from '#domain/fhir/codes.ts'
import { namedIn } from './consent.ts'

/**
 * What a person shares with somebody close: rooms to see, some of them to write in, until a date or until the person
 * stops it.
 */
export type ConsentGiven = Readonly<{
  /** ids of the Patient and of the RelatedPerson */
  person: string
  relative: string
  read: readonly AccessLabel[]
  write: readonly AccessLabel[]
  /** last day, `YYYY-MM-DD`; empty: without an end */
  until: string
}>

export const consentIdFor = (relative: string) => `share-${relative}`

const action = (code: string): CodeableConcept => ({ coding: [{ system: gableCodeSystem, code }] })
const roomsOf = (rooms: readonly AccessLabel[]): Coding[] =>
  rooms.map((code) => ({ system: gableCodeSystem, code }))

/**
 * The Consent for what is shared from now on. If nothing is shared it is inactive, and gives no access from the next
 * request.
 */
export function consentToFhir(given: ConsentGiven, at: string): Consent & { id: string } {
  const { person, relative, read, until } = given
  const write = given.write.filter((room) => read.includes(room))
  const patient = { reference: `Patient/${person}` }
  return {
    resourceType: 'Consent',
    id: consentIdFor(relative),
    status: read.length > 0 ? 'active' : 'inactive',
    scope: {
      coding: [
        {
          system: hl7CodeSystem('consentscope'),
          code: 'patient-privacy',
        },
      ],
    },
    category: [{ coding: [{ system: hl7CodeSystem('v3-ActCode'), code: 'INFA' }] }],
    policyRule: {
      coding: [{ system: hl7CodeSystem('v3-ActCode'), code: 'OPTIN' }],
    },
    patient,
    dateTime: at,
    performer: [patient],
    provision: {
      type: 'permit',
      period: { start: dayWritten(at), ...(until ? { end: until } : {}) },
      actor: [
        {
          role: {
            coding: [{ system: hl7CodeSystem('v3-RoleCode'), code: 'CAREGIVER' }],
          },
          reference: { reference: `RelatedPerson/${relative}` },
        },
      ],
      action: [action('read')],
      ...(read.length > 0 ? { class: roomsOf(read) } : {}),
      ...(write.length > 0
        ? { provision: [{ type: 'permit', action: [action('write')], class: roomsOf(write) }] }
        : {}),
    },
  }
}

/** A share in force with one of these (references), no matter who wrote it and in what form. */
export function isShareWith(consent: Consent, references: readonly string[]): boolean {
  return consent.status === 'active' && namedIn(consent).some((each) => references.includes(each))
}
