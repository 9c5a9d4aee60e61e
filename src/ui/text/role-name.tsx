import { useLingui } from '@lingui/react/macro'

/** What somebody is, in words; the code as it stands when there are no words for it. */
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
  }
  return words[role] ?? role
}
