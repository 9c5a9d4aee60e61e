import { Trans, useLingui } from '@lingui/react/macro'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{ error: unknown; pending: boolean; again: () => void }>

/** Why rules could not be loaded, and what to do. */
export function RulesNotLoaded({ error, pending, again }: Props) {
  const { t } = useLingui()
  const kind = error instanceof FhirError ? error.kind : undefined
  if (kind === 'forbidden')
    return (
      <EmptyState title={t`Not part of your role`}>
        <p>{t`Only staff and managers of an organisation can see its rules.`}</p>
      </EmptyState>
    )
  return (
    <Notice
      tone="danger"
      title={t`The rules could not be loaded`}
      actions={
        <Button variant="outline" pending={pending} onClick={again}>
          <Trans>Try again</Trans>
        </Button>
      }
    >
      <p>
        {kind === 'offline' ? (
          <Trans>There is no internet connection. Nothing is lost.</Trans>
        ) : (
          <Trans>Nothing is lost. Try again in a moment.</Trans>
        )}
      </p>
    </Notice>
  )
}
