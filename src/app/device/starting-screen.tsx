import { Trans, useLingui } from '@lingui/react/macro'

type Progress = Readonly<{ loaded: number; total: number }>

const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1)

/** Shown while the records on this device are opened; the first time they are downloaded, with progress. */
export function StartingScreen({ progress }: { progress: Progress | undefined }) {
  const { t } = useLingui()
  return (
    <main className="gable-start" aria-busy="true">
      <title>Gable</title>
      <h1 className="gable-start__title">Gable</h1>
      {progress ? (
        <>
          <p role="status">
            <Trans>Loading the demonstration people. This happens once on this device.</Trans>
          </p>
          <progress
            aria-label={t`Demonstration people loaded`}
            max={progress.total}
            value={progress.loaded}
          />
          <p>
            <Trans>
              {megabytes(progress.loaded)} of {megabytes(progress.total)} MB
            </Trans>
          </p>
        </>
      ) : (
        <p role="status">
          <Trans>Opening the records on this device</Trans>
        </p>
      )}
    </main>
  )
}
