import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useRevalidator, useRouteError } from 'react-router'
import { FhirError, type FhirErrorKind } from '#client/fhir/fhir-error.ts'
import { useSession } from '#client/session/session.ts'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { NoLongerShared } from './sharing-ended-page.tsx'

const words: Readonly<Partial<Record<FhirErrorKind, ReactNode>>> = {
  offline: <Trans>There is no connection. What you typed is kept on this device.</Trans>,
  unreachable: (
    <Trans>The records do not answer. What you typed is kept. Try again in a moment.</Trans>
  ),
  'signed-out': <Trans>You have been signed out. Sign in again: what you typed is kept.</Trans>,
  full: (
    <Trans>
      There is no room left where the records are kept. What you typed is kept on this page. Make
      room on this device, or tell whoever looks after Gable, then try again.
    </Trans>
  ),
  'not-along': (
    <Trans>
      There is no network, and this was not taken along. Before you leave, take people along on the
      Today page; then their records open anywhere.
    </Trans>
  ),
  forbidden: <Trans>Your role does not open this page.</Trans>,
  missing: (
    <Trans>There is nothing here for you: it does not exist, or it was not shared with you.</Trans>
  ),
}

/** What went wrong on a page, in words that say what to do; the rest of the app goes on. */
export function Problem({ missing = false }: { missing?: boolean }) {
  const error = useRouteError()
  const { reset } = useQueryErrorResetBoundary()
  const { revalidate } = useRevalidator()
  const kind = missing ? 'missing' : error instanceof FhirError ? error.kind : 'broken'
  const isCarer = useSession((session) => session.actor?.role === 'carer')
  const title = useTitle(kind)
  if (isCarer && kind === 'missing' && !missing) return <NoLongerShared />
  const again = () => {
    reset()
    void revalidate()
  }
  return (
    <div className="gable-problem" role="alert">
      <title>{`${title} · Gable`}</title>
      <h1 tabIndex={-1}>{title}</h1>
      <p>{words[kind] ?? <Trans>Something unexpected happened. What you typed is kept.</Trans>}</p>
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

function useTitle(kind: FhirErrorKind): string {
  const { t } = useLingui()
  if (kind === 'missing') return t`Not here`
  if (kind === 'forbidden') return t`Not part of your role`
  if (kind === 'not-along') return t`Not taken along`
  return t`This did not work`
}
