import { Trans, useLingui } from '@lingui/react/macro'

/** Shown instead of the app where there is no room to open the records in, or to make the first ones. */
export function NoRoomScreen() {
  const { t } = useLingui()
  return (
    <main className="gable-start" aria-labelledby="no-room-title">
      <title>{t`No room left - Gable`}</title>
      <h1 id="no-room-title" className="gable-start__title">
        <Trans>There is no room left on this device</Trans>
      </h1>
      <p>
        <Trans>
          Gable keeps its records in this browser, and there is no room for them. Nothing was
          replaced: whatever was saved here before is still here.
        </Trans>
      </p>
      <p>
        <Trans>
          Make room: delete files or apps that are no longer needed, or clear what other websites
          keep in this browser. Do not clear the data of this website: the records are part of it.
        </Trans>
      </p>
      <button type="button" className="nhsuk-button" onClick={() => location.reload()}>
        <Trans>Try again</Trans>
      </button>
    </main>
  )
}
