import { Trans, useLingui } from '@lingui/react/macro'
import { useDeviceState } from '#client/offline/device-state.ts'

const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1)

/** How far opening the records on this device is; the first time they are downloaded. */
export function DeviceProgress() {
  const { t } = useLingui()
  const { progress } = useDeviceState()
  if (!progress)
    return (
      <p role="status">
        <Trans>Opening the records on this device</Trans>
      </p>
    )
  const { loaded, total } = progress
  return (
    <>
      <p role="status">
        <Trans>Loading the demonstration people. This happens once on this device.</Trans>
      </p>
      <progress aria-label={t`Demonstration people loaded`} max={total} value={loaded} />
      <p>
        <Trans>
          {megabytes(loaded)} of {megabytes(total)} MB
        </Trans>
      </p>
    </>
  )
}
