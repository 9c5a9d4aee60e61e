import type { Observation } from '@medplum/fhirtypes'
import { aboutMeCodes } from '#domain/access/room.ts'
import { type AboutMe, aboutMeSections } from './about-me.ts'
import {
  extensionOf,
  given,
  idIn,
  recordFrom,
  referenceTo,
  whoFrom,
  withExtensions,
  writtenExtension,
} from './fhir-parts.ts'
import type { Who } from './plan.ts'
import type { RecordKind } from './record-kind.ts'

export function aboutMeFromFhir(observation: Observation): AboutMe {
  const coded = observation.code.coding?.map((each) => each.code)
  const section = aboutMeSections.find((name) => coded?.includes(aboutMeCodes[name])) ?? 'also'
  return {
    ...recordFrom(observation, observation.performer?.[0]),
    person: idIn(observation.subject?.reference),
    section,
    words: observation.valueString ?? '',
    ...given('saidBy', whoFrom(observation.performer?.[0])),
    ...given('saidOn', observation.effectiveDateTime?.slice(0, 10)),
    ...given('supportedBy', supporterIn(observation)),
  }
}

function supporterIn(observation: Observation): Who | undefined {
  const extension = extensionOf(observation, 'supported-by')
  if (extension?.valueString) return { reference: '', name: extension.valueString, voice: 'carer' }
  return whoFrom(extension?.valueReference)
}

function supporterExtension(who: Who | undefined) {
  if (!who) return []
  return [who.reference ? { valueReference: referenceTo(who) } : { valueString: who.name }]
}

function performersOf({ saidBy }: AboutMe, onto: Observation | undefined) {
  const stood = onto?.performer
  if (!saidBy || stood?.[0]?.reference === saidBy.reference) return stood
  return [referenceTo(saidBy)]
}

export function aboutMeToFhir(about: AboutMe, onto?: Observation): Observation & { id: string } {
  const { valueString: _words, ...rest } = onto ?? {}
  return {
    status: 'final',
    code: { coding: [{ system: 'http://snomed.info/sct', code: aboutMeCodes[about.section] }] },
    subject: { reference: `Patient/${about.person}` },
    ...rest,
    resourceType: 'Observation',
    id: about.id,
    ...given('valueString', about.words),
    ...given('effectiveDateTime', about.saidOn),
    ...given('performer', performersOf(about, onto)),
    ...withExtensions(onto, {
      'supported-by': supporterExtension(about.supportedBy),
      written: writtenExtension(about.written),
    }),
  }
}

export const aboutMeKind: RecordKind<AboutMe, Observation> = {
  type: 'Observation',
  fromFhir: aboutMeFromFhir,
  toFhir: aboutMeToFhir,
  prose: ['words'],
}
