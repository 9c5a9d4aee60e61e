import { sdsUserSystem } from '#domain/fhir/codes.ts'
import type { Claims } from './provider-contract.ts'

/** The claims by which the provider says who somebody is; a deployment may rename each. */
export type ClaimNames = Readonly<{
  /** identifier of a member of staff */
  staff: string
  /** system of that identifier on the Practitioner record */
  staffSystem: string
  /** ODS code of the organisation that the user works for in this session */
  organisation: string
  nhsNumber: string
  /** how well the provider knows the person, and the levels that count as proven */
  proofing: string
  proven: readonly string[]
}>

/** As NHS Care Identity (staff) and NHS login (people and carers) name them. */
export const usualClaimNames: ClaimNames = {
  staff: 'nhsid_useruid',
  staffSystem: sdsUserSystem,
  organisation: 'organisation_code',
  nhsNumber: 'nhs_number',
  proofing: 'identity_proofing_level',
  proven: ['P9'],
}

/** The claims used to look up the records; kept with the session, so that they can be looked up again. */
export type Subject = Readonly<{
  /** name of the identity in the audit log, in drafts and for `sign out everywhere` */
  identity: string
  staff?: string
  staffSystem?: string
  organisation?: string
  nhsNumber?: string
  /** true: signs in as a carer, although the user has a record of their own */
  asCarer?: true
}>

export type SubjectProblem = 'no-identity' | 'not-verified'

/** Who the claims are about. An NHS number counts only if the provider has proven whose it is. */
export function subjectOf(
  claims: Claims,
  issuer: string,
  options: Readonly<{ names: ClaimNames; asCarer: boolean }>,
): Subject | SubjectProblem {
  const { names } = options
  const sub = textIn(claims, 'sub')
  if (!sub) return 'no-identity'
  const identity = identityAt(issuer, sub)
  const staff = textIn(claims, names.staff)
  const organisation = textIn(claims, names.organisation)
  const { staffSystem } = names
  if (staff) return { identity, staff, staffSystem, ...(organisation ? { organisation } : {}) }
  const nhsNumber = textIn(claims, names.nhsNumber)?.replaceAll(' ', '')
  if (!nhsNumber) return 'no-identity'
  if (!names.proven.includes(textIn(claims, names.proofing) ?? '')) return 'not-verified'
  return { identity, nhsNumber, ...(options.asCarer ? { asCarer: true } : {}) }
}

export function identityAt(issuer: string, sub: string): string {
  return `${sub}@${new URL(issuer).host}`
}

function textIn(claims: Claims, name: string): string | undefined {
  const value = claims[name]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}
