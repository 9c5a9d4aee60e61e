import type { Consent } from '@medplum/fhirtypes'
import { gableCodeSystem, hl7CodeSystem } from '#domain/fhir/codes.ts'
import {
  extensionOf,
  given,
  helperExtension,
  helperIn,
  ownCode,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'
import { type OptOutKind, optOutCode, optOutKindsIn } from './is-opt-out.ts'
import { type OptOut, type ToldHow, toldHows } from './opt-out.ts'

export const optOutIdFor = (person: string, kind: OptOutKind) =>
  `${optOutCode(kind)}-${person}`.slice(0, 64)

type Said = Readonly<{
  person: string
  kind: OptOutKind
  /** false: it is taken back */
  stands: boolean
  /** absent: the person says it, signed in */
  toldHow?: ToldHow | 'elsewhere' | undefined
}>

/** A no is a Consent that denies, without anybody named in it: it opens nothing. The service adds when, and who wrote it. */
export function optOutToFhir({ person, kind, stands, toldHow }: Said): Consent & { id: string } {
  const patient = { reference: `Patient/${person}` }
  return {
    resourceType: 'Consent',
    id: optOutIdFor(person, kind),
    status: stands ? 'active' : 'inactive',
    scope: {
      coding: [
        {
          system: hl7CodeSystem('consentscope'),
          code: kind === 'planning' ? 'research' : 'patient-privacy',
        },
      ],
    },
    category: [ownCode(optOutCode(kind))],
    policyRule: { coding: [{ system: hl7CodeSystem('v3-ActCode'), code: 'OPTOUT' }] },
    patient,
    performer: [patient],
    provision: { type: 'deny' },
    ...withExtensions(undefined, { 'told-how': toldHow ? [{ valueCode: toldHow }] : [] }),
  }
}

type Marks = Readonly<{
  at: string
  toldHow?: ToldHow | 'elsewhere' | undefined
  writtenBy?: Who | undefined
}>

/** With what the service knows: when it was said, how, and who wrote it down. */
export function withOptOutMarks(
  consent: Consent & { id: string },
  { at, toldHow, writtenBy }: Marks,
): Consent & { id: string } {
  const { extension: _extension, ...rest } = consent
  return {
    ...rest,
    dateTime: at,
    ...withExtensions(consent, {
      'told-how': toldHow ? [{ valueCode: toldHow }] : [],
      'supported-by': helperExtension(writtenBy),
    }),
  }
}

/** How it was told; undefined: the person said it themselves, signed in. */
export function toldHowIn(consent: Consent): ToldHow | 'elsewhere' | undefined {
  const code = extensionOf(consent, 'told-how')?.valueCode
  return code === 'elsewhere' ? code : toldHows.find((each) => each === code)
}

/** What is wrong with a Consent of this kind; undefined: nothing. */
export function optOutFault(consent: Consent, person: string | undefined): string | undefined {
  if ((consent.category ?? []).length !== 1 || optOutKindsIn(consent).length !== 1)
    return 'One Consent says no to one thing: give it one category'
  if (consent.category[0]?.coding?.some(({ system }) => system !== gableCodeSystem))
    return 'Give this Consent no other category'
  if (!['active', 'inactive', 'entered-in-error'].includes(consent.status))
    return 'A no counts at once (active), or it was taken back (inactive)'
  const { provision } = consent
  if (provision && (provision.type !== 'deny' || Object.keys(provision).length > 1))
    return 'A no denies, and says nothing else'
  const named = (consent.performer ?? []).map(({ reference }) => reference)
  if (named.some((each) => each !== `Patient/${person ?? ''}`))
    return 'Only the person says no: name nobody else as the performer'
  return undefined
}

/** Undefined if the Consent is of another kind, or was entered in error. */
export function optOutFromFhir(consent: Consent): OptOut | undefined {
  const [kind] = optOutKindsIn(consent)
  if (!kind || consent.status === 'entered-in-error') return undefined
  return {
    id: consent.id ?? '',
    kind,
    stands: consent.status === 'active',
    ...given('version', consent.meta?.versionId),
    ...given('at', consent.dateTime),
    ...given('toldHow', toldHowIn(consent)),
    ...given('writtenBy', helperIn(consent)),
  }
}

/** What stands, in these records. */
export function optedOutIn(consents: readonly Consent[]): readonly OptOutKind[] {
  return [
    ...new Set(consents.filter(({ status }) => status === 'active').flatMap(optOutKindsIn)),
  ].toSorted()
}
