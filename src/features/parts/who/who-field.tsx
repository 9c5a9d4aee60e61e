import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { colleaguesQuery } from '#client/queries/coordination/care-team.ts'
import { useSession } from '#client/session/session.ts'
import type { Who } from '#domain/plan/plan.ts'
import { SelectField } from '#ui/forms/select-field.tsx'

/** One of the colleagues, or of the services on request. */
export function WhoField(props: {
  label: string
  value: string
  onChange: (who: Who | undefined) => void
  error?: ReactNode
  hint?: ReactNode
  /** reference of the one who is not offered */
  without?: string | undefined
  services?: boolean
  /** the reader’s own organisation: whoever is there takes it */
  team?: boolean
}) {
  const { t } = useLingui()
  const { label, value, onChange, error, hint, without, services = false, team = false } = props
  const { data, isError } = useQuery(colleaguesQuery)
  const staff = (data?.staff ?? []).map(({ who, role, organisation }) => ({
    who,
    label: [who.name, role, organisation?.name].filter(Boolean).join(', '),
  }))
  const us = useSession((session) => session.actor)
  const ours =
    team && us?.organisation
      ? [
          {
            who: {
              ...{ reference: `Organization/${us.organisation}`, name: us.organisationName ?? '' },
              voice: 'professional' as const,
            },
            label: t`Anyone at ${us.organisationName}`,
          },
        ]
      : []
  const offered = [
    ...ours,
    ...(services ? (data?.organisations ?? []).map((who) => ({ who, label: who.name })) : []),
    ...staff,
  ].filter(({ who }) => who.reference !== without)
  return (
    <SelectField
      label={label}
      hint={hint}
      error={isError ? t`The list of colleagues could not be loaded. Try again later.` : error}
      value={value}
      onChange={(reference) =>
        onChange(offered.find(({ who }) => who.reference === reference)?.who)
      }
      options={[
        { value: '', label: t`Choose a name` },
        ...offered.map(({ who, label: words }) => ({ value: who.reference, label: words })),
      ]}
    />
  )
}
