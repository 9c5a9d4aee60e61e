import { DeviceProgress } from '#features/parts/device-progress.tsx'

/** Shown to someone who is signed in while the records on this device are opened. */
export function StartingScreen() {
  return (
    <main className="gable-start" aria-busy="true">
      <title>Gable</title>
      <h1 className="gable-start__title">Gable</h1>
      <DeviceProgress />
    </main>
  )
}
