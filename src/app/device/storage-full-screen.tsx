import { Trans, useLingui } from '@lingui/react/macro'

/** Shown instead of the app if there is no space to open the records, or to create the first ones. */
export function StorageFullScreen() {
  const { t } = useLingui()
  return (
    <main className="gable-start" aria-labelledby="no-room-title">
      <title>{t`No storage space left - Gable`}</title>
      <h1 id="no-room-title" className="gable-start__title">
        <Trans>There is no storage space left on this device</Trans>
      </h1>
      <p>
        <Trans>
          Gable keeps its records in this browser, and there is no space for them. Nothing was
          replaced: what you saved before is still here.
        </Trans>
      </p>
      <p>
        <Trans>
          To free up space, delete files or apps you no longer need, or clear the data of other
          websites in this browser. Do not clear the data of this website, because it holds the
          records.
        </Trans>
      </p>
      <button type="button" className="nhsuk-button" onClick={() => location.reload()}>
        <Trans>Try again</Trans>
      </button>
    </main>
  )
}
