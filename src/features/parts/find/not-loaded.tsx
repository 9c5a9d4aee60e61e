import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{ title: ReactNode; error: unknown; pending: boolean; again: () => void }>

/** What could not be loaded, that nothing is lost, and another try. */
export function NotLoaded({ title, error, pending, again }: Props) {
  const isOffline = error instanceof FhirError && error.kind === 'offline'
  return (
    <Notice
      tone="danger"
      title={title}
      actions={
        <Button variant="outline" pending={pending} onClick={again}>
          <Trans>Try again</Trans>
        </Button>
      }
    >
      <p>
        {isOffline ? (
          <Trans>There is no internet connection. Nothing is lost.</Trans>
        ) : (
          <Trans>Nothing is lost. Try again in a moment.</Trans>
        )}
      </p>
    </Notice>
  )
}
