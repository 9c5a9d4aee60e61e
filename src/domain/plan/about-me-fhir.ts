import type { Observation } from '@medplum/fhirtypes'
import { snomedSystem } from '#domain/fhir/codes.ts'
import {
  given,
  helperExtension,
  helperIn,
  idIn,
  recordFrom,
  referenceTo,
  whoFrom,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import { type AboutMe, aboutMeSections } from './about-me.ts'
import { aboutMeCodes } from './about-me-codes.ts'
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
    ...given('saidOn', observation.effectiveDateTime),
    ...given('supportedBy', helperIn(observation)),
  }
}

function performersOf({ saidBy }: AboutMe, onto: Observation | undefined) {
  const existing = onto?.performer
  if (!saidBy || existing?.[0]?.reference === saidBy.reference) return existing
  return [referenceTo(saidBy)]
}

export function aboutMeToFhir(about: AboutMe, onto?: Observation): Observation & { id: string } {
  const { valueString: _words, ...rest } = onto ?? {}
  return {
    status: 'final',
    code: { coding: [{ system: snomedSystem, code: aboutMeCodes[about.section] }] },
    subject: { reference: `Patient/${about.person}` },
    ...rest,
    resourceType: 'Observation',
    id: about.id,
    ...given('valueString', about.words),
    ...given('effectiveDateTime', about.saidOn),
    ...given('performer', performersOf(about, onto)),
    ...withExtensions(onto, {
      'supported-by': helperExtension(about.supportedBy),
      written: writtenExtension(about.written),
    }),
  }
}

export const aboutMeKind: RecordKind<AboutMe, Observation> = {
  type: 'Observation',
  fromFhir: aboutMeFromFhir,
  toFhir: aboutMeToFhir,
}
