import { create } from 'zustand'

/** The state of the records on this device. A team build never leaves `remote`. */
export type DeviceState = Readonly<{
  /** `full`: there is no space to open them */
  state: 'remote' | 'starting' | 'ready' | 'missing' | 'unreadable' | 'full' | 'busy'
  /** where they are stored; `memory`: lost when the last tab closes, which the screen has to say */
  storage?: 'opfs' | 'indexeddb' | 'memory'
  /** there is no space for changes */
  readOnly?: boolean
  /** bytes of the first download */
  progress?: Readonly<{ loaded: number; total: number }>
  backup?: Readonly<{ madeOn: string; records: number }>
  detail?: string
}>

export const useDeviceState = create<DeviceState>(() => ({ state: 'remote' }))

/** Replaces the state, so that an old progress or reason does not stay. */
export function noteDeviceState(state: DeviceState): void {
  useDeviceState.setState(state, true)
}

/** Settles when the records can be used. */
export function whenRecordsOpen(): Promise<void> {
  const isOpen = ({ state }: DeviceState) => state === 'ready'
  return new Promise((resolve) => {
    if (isOpen(useDeviceState.getState())) return resolve()
    const stop = useDeviceState.subscribe((next) => {
      if (!isOpen(next)) return
      stop()
      resolve()
    })
  })
}

type Update = Readonly<{ waiting: boolean; takeOver: () => void }>

/** Whether a newer version of the app is ready; `takeOver` activates it in all tabs. */
export const useAppUpdate = create<Update>(() => ({ waiting: false, takeOver: () => undefined }))
