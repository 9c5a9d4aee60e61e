import type { EpisodeOfCare, Patient, Reference } from '@medplum/fhirtypes'

export const isOpenCase = ({ status }: EpisodeOfCare): boolean =>
  status === 'active' || status === 'onhold'

/** The organisation that coordinates the care, or else the practice: its hours and its number count. */
export function planHolder(
  patient: Patient,
  episodes: readonly EpisodeOfCare[],
): Reference | undefined {
  return (
    episodes.find(isOpenCase)?.managingOrganization ??
    patient.generalPractitioner?.find(({ reference }) => reference?.startsWith('Organization/'))
  )
}
