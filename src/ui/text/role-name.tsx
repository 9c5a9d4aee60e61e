import { useLingui } from '@lingui/react/macro'

/** Somebody's role as text; the code if there is no text for it. */
export function RoleName({ role }: { role: string }) {
  const { t } = useLingui()
  const words: Readonly<Record<string, string>> = {
    'nurse-case-manager': t`nurse case manager`,
    'social-worker': t`social worker`,
    gp: t`GP`,
    pharmacist: t`pharmacist`,
    physiotherapist: t`physiotherapist`,
    person: t`the person`,
    carer: t`carer`,
    manager: t`service manager`,
    admin: t`administrator`,
    professional: t`professional`,
    ambulance: t`ambulance crew`,
    hospital: t`hospital staff`,
    'doctor-or-nurse': t`doctor or nurse`,
    'police-or-fire': t`police or fire service`,
    'care-worker': t`care worker`,
    'family-or-friend': t`family, friend or neighbour`,
    'someone-else': t`someone else`,
  }
  return words[role] ?? role
}
