import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { useRevalidator, useRouteError } from 'react-router'
import { FhirError, type FhirErrorKind } from '#client/fhir/fhir-error.ts'
import { useSession } from '#client/session/session.ts'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { focusHeading } from './layouts/heading-focus.tsx'
import { SharingEndedPage } from './sharing-ended-page.tsx'

const words: Readonly<Partial<Record<FhirErrorKind, ReactNode>>> = {
  offline: <Trans>There is no internet connection. What you typed is kept on this device.</Trans>,
  unreachable: (
    <Trans>We could not reach the service. What you typed is kept. Try again in a moment.</Trans>
  ),
  'signed-out': <Trans>You have been signed out. Sign in again: what you typed is kept.</Trans>,
  full: (
    <Trans>
      There is no storage space left for records. What you typed is kept on this page. Free up space
      on this device, or tell the person who manages Gable, then try again.
    </Trans>
  ),
  'not-downloaded': (
    <Trans>
      There is no internet connection, and this record is not on this device. Before you leave,
      download people on the Today page. Then you can open their records anywhere.
    </Trans>
  ),
  forbidden: <Trans>Your role does not give you access to this page.</Trans>,
  missing: <Trans>We cannot find this page, or you do not have access to it.</Trans>,
}

/** An error on a page, with what to do; the rest of the app goes on. */
export function ErrorPage({ missing = false }: { missing?: boolean }) {
  const error = useRouteError()
  const { reset } = useQueryErrorResetBoundary()
  const { revalidate } = useRevalidator()
  const kind = missing ? 'missing' : error instanceof FhirError ? error.kind : 'broken'
  const isCarer = useSession((session) => session.actor?.role === 'carer')
  const title = useTitle(kind)
  useEffect(() => focusNextPage, [])
  if (isCarer && kind === 'missing' && !missing) return <SharingEndedPage />
  const again = () => {
    reset()
    void revalidate()
  }
  return (
    <div className="gable-problem" role="alert">
      <title>{`${title} · Gable`}</title>
      <h1 tabIndex={-1}>{title}</h1>
      <p>{words[kind] ?? <Trans>Something went wrong. What you typed is kept.</Trans>}</p>
      {error instanceof Error && !missing && words[kind] === undefined ? (
        <p className="gable-meta">{error.message}</p>
      ) : null}
      <p>
        {kind === 'missing' || kind === 'forbidden' ? null : (
          <Button onClick={again}>
            <Trans>Try again</Trans>
          </Button>
        )}{' '}
        <LinkButton to="/" variant="outline">
          <Trans>Go to the first page</Trans>
        </LinkButton>
      </p>
    </div>
  )
}

/** The button that was pressed is gone, and the focus with it, when the page opens after all. */
function focusNextPage(): void {
  setTimeout(() => {
    if (document.activeElement === document.body) focusHeading()
  })
}

function useTitle(kind: FhirErrorKind): string {
  const { t } = useLingui()
  if (kind === 'missing') return t`Page not found`
  if (kind === 'forbidden') return t`Not part of your role`
  if (kind === 'not-downloaded') return t`Not on this device`
  return t`Sorry, there is a problem`
}
