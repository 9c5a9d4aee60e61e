import { Trans } from '@lingui/react/macro'
import type { Allergies } from '#domain/person/person.ts'

/** What somebody is allergic to; that nothing is recorded is not the same as none. */
export function AllergyWords({ allergies }: Readonly<{ allergies: Allergies }>) {
  if (!allergies.known) return <Trans>Not recorded</Trans>
  if (allergies.list.length === 0) return <Trans>None known</Trans>
  return (
    <span className="gable-banner__allergy">
      <svg viewBox="0 0 18 16" width="18" height="16" aria-hidden="true">
        <polygon points="9,0 18,16 0,16" fill="currentColor" />
        <path d="M9 5v5m0 2v2" stroke="#fff" strokeWidth="2" />
      </svg>{' '}
      {allergies.list.join('; ')}
    </span>
  )
}
