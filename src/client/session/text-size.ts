import { create } from 'zustand'

/** How large the words are on the person's and carer's pages. Kept on the device: it is about the eyes in front of it. */
export type TextSize = 'usual' | 'large'

const key = 'gable-text-size'

function storedSize(): TextSize {
  try {
    return localStorage.getItem(key) === 'large' ? 'large' : 'usual'
  } catch {
    return 'usual'
  }
}

export const useTextSize = create<Readonly<{ size: TextSize }>>(() => ({ size: storedSize() }))

export function setTextSize(size: TextSize): void {
  useTextSize.setState({ size })
  try {
    localStorage.setItem(key, size)
  } catch {
    // a browser that stores nothing forgets it with the page
  }
}
