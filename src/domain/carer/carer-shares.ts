import type { Consent, Resource } from '@medplum/fhirtypes'
import { dayWritten } from '#domain/calendar/days.ts'
import { gableCodeSystem, hl7CodeSystem } from '#domain/fhir/codes.ts'

/** What a carer can show of their own record. Nothing is shown until they say so. */
export const carerTopics = ['carer-how', 'carer-needs', 'carer-goals', 'carer-assessment'] as const
export type CarerTopic = (typeof carerTopics)[number]

/** To whom: the person they care for, or the professionals who look after that person. */
const carerAudiences = ['person-cared-for', 'their-team'] as const
export type CarerAudience = (typeof carerAudiences)[number]

export type CarerShares = Readonly<Record<CarerAudience, readonly CarerTopic[]>>

/** What stands, with what was ticked and unticked since somebody began: what they did not touch stays as it stands. */
export function sharesChanged(
  standing: CarerShares,
  { from, to }: Readonly<{ from: CarerShares; to: CarerShares }>,
): CarerShares {
  const changed = (audience: CarerAudience) =>
    carerTopics.filter((topic) => {
      const [was, is] = [from, to].map((each) => each[audience].includes(topic))
      return was === is ? standing[audience].includes(topic) : is
    })
  return { 'person-cared-for': changed('person-cared-for'), 'their-team': changed('their-team') }
}

/** One for each part that the carer has in somebody’s care. */
export const carerSharesId = (carer: string): string => `carer-shares-${carer}`.slice(0, 64)

const own = (code: string) => ({ coding: [{ system: gableCodeSystem, code }] })
/** Names which carer of whom it is; it is no link, so that neither record points at the other. */
const roleSystem = 'https://gable.example/carer'

type Given = Readonly<{ person: string; carer: string; shares: CarerShares; at: string }>

/** The Consent of the carer, in their own record, for what others see of it. */
export function carerSharesToFhir({ person, carer, shares, at }: Given): Consent & { id: string } {
  const patient = { reference: `Patient/${person}` }
  const given = carerAudiences.filter((each) => shares[each].length > 0)
  return {
    ...{ resourceType: 'Consent', id: carerSharesId(carer) },
    status: given.length > 0 ? 'active' : 'inactive',
    scope: { coding: [{ system: hl7CodeSystem('consentscope'), code: 'patient-privacy' }] },
    category: [own('carer-shares')],
    policyRule: { coding: [{ system: hl7CodeSystem('v3-ActCode'), code: 'OPTIN' }] },
    patient,
    dateTime: at,
    performer: [patient],
    ...(given.length > 0
      ? {
          provision: {
            type: 'permit',
            period: { start: dayWritten(at) },
            provision: given.map((audience) => ({
              type: 'permit' as const,
              actor: [
                {
                  role: own(audience),
                  reference: { identifier: { system: roleSystem, value: carer } },
                },
              ],
              class: shares[audience].map((code) => ({ system: gableCodeSystem, code })),
            })),
          },
        }
      : {}),
  }
}

export const isCarerShares = (resource: Resource): resource is Consent =>
  resource.resourceType === 'Consent' &&
  resource.category.some(({ coding }) =>
    coding?.some(({ system, code }) => system === gableCodeSystem && code === 'carer-shares'),
  )

type Asking = Readonly<{ carer: string; day: string }>

/** What these consents show of a carer’s own record on a day, for one part that the carer has. */
export function carerSharesIn(consents: readonly Consent[], { carer, day }: Asking): CarerShares {
  const provisions = consents
    .filter((each) => each.status === 'active' && isCarerShares(each))
    .flatMap(({ provision }) => (isOn(provision, day) ? (provision?.provision ?? []) : []))
    .filter((each) => isOn(each, day))
  const topicsFor = (audience: CarerAudience) => {
    const codes = provisions
      .filter(({ type = 'permit', actor }) => type === 'permit' && names(actor, audience, carer))
      .flatMap((each) => each.class ?? [])
      .map(({ code }) => code)
    return carerTopics.filter((topic) => codes.includes(topic))
  }
  return {
    'person-cared-for': topicsFor('person-cared-for'),
    'their-team': topicsFor('their-team'),
  }
}

/** What is shown until a day is shown no longer. */
function isOn(provision: Consent['provision'], day: string): boolean {
  const { start, end } = provision?.period ?? {}
  return (!start || dayWritten(start) <= day) && (!end || dayWritten(end) >= day)
}

type Actors = NonNullable<NonNullable<Consent['provision']>['actor']>

const names = (actors: Actors | undefined, audience: CarerAudience, carer: string): boolean =>
  actors?.some(
    ({ role, reference }) =>
      role.coding?.some(({ code }) => code === audience) &&
      reference.identifier?.system === roleSystem &&
      reference.identifier.value === carer,
  ) ?? false

/** True if a Consent would show something of a carer’s record. */
export function opensCarerTopics(consent: Consent): boolean {
  const all = [consent.provision, ...(consent.provision?.provision ?? [])]
  const codes = all.flatMap((each) => each?.class ?? []).map(({ code }) => code)
  return consent.status === 'active' && carerTopics.some((topic) => codes.includes(topic))
}
