import { create } from 'zustand'

/** How the records kept on this device are doing. A team build never leaves `remote`. */
export type DeviceState = Readonly<{
  /** `full`: there is no room to open them in */
  state: 'remote' | 'starting' | 'ready' | 'missing' | 'unreadable' | 'full' | 'busy'
  /** where they are kept; `memory`: gone when the last tab closes, which has to be said */
  storage?: 'opfs' | 'indexeddb' | 'memory'
  /** there is no room for changes */
  readOnly?: boolean
  /** bytes of the first download */
  progress?: Readonly<{ loaded: number; total: number }>
  backup?: Readonly<{ madeOn: string; records: number }>
  detail?: string
}>

export const useDeviceState = create<DeviceState>(() => ({ state: 'remote' }))

/** Replaces what was known, so that an old progress or reason does not stay. */
export function noteDeviceState(state: DeviceState): void {
  useDeviceState.setState(state, true)
}

type Update = Readonly<{ waiting: boolean; takeOver: () => void }>

/** Whether a newer version of the app has been fetched and waits; `takeOver` loads it in all tabs. */
export const useAppUpdate = create<Update>(() => ({ waiting: false, takeOver: () => undefined }))
