import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { useCancellableTask } from '#client/forms/use-cancellable-task.ts'
import { type PlanFileFormat, savePlanFile } from '#client/queries/admin/exports-and-backups.ts'
import type { Language } from '#domain/language/languages.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'

/** One file of a plan to take away; `reason` makes it a full copy. */
export function TakePlanButton({
  planId,
  format,
  reason = '',
  isMissing,
  language,
  children,
}: Readonly<{
  planId: string
  format: PlanFileFormat
  reason?: string
  /** true if something must be filled in first: it says so instead */
  isMissing?: () => boolean
  /** of the fixed words; that of the page if absent */
  language?: Language
  children: ReactNode
}>) {
  const { t, i18n } = useLingui()
  const { state, why, start } = useCancellableTask(() =>
    savePlanFile(planId, { format, reason, language: language ?? i18n.locale }),
  )
  return (
    <div className="take-plan__file">
      <Button
        variant="outline"
        pending={state === 'going'}
        onClick={() => {
          if (!isMissing?.()) start()
        }}
      >
        {children}
      </Button>
      <div role="status">
        {state === 'going' ? <Trans>Making the file</Trans> : null}
        {state === 'done' ? <Trans>The file is saved on this device.</Trans> : null}
      </div>
      {state === 'failed' ? (
        <Notice tone="warning" title={t`The file could not be made`}>
          {why || <Trans>Nothing was saved. Check your internet connection and try again.</Trans>}
        </Notice>
      ) : null}
    </div>
  )
}
