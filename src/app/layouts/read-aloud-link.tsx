import { Trans } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { useLocation } from 'react-router'
import { Button } from '#ui/layout/button.tsx'

/** Reads the page aloud with the device's own voice; not shown if the device has none. */
export function ReadAloudLink() {
  const [reading, setReading] = useState(false)
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the voice stops when its page is left
  useEffect(() => stopReading, [pathname])
  if (!('speechSynthesis' in globalThis)) return null
  const stop = () => {
    stopReading()
    setReading(false)
  }
  const read = () => {
    const words = new SpeechSynthesisUtterance(
      document.getElementById('content')?.textContent ?? '',
    )
    words.lang = document.documentElement.lang
    words.onend = () => setReading(false)
    speechSynthesis.speak(words)
    setReading(true)
  }
  return (
    <Button variant="link" onClick={reading ? stop : read}>
      {reading ? <Trans>Stop reading</Trans> : <Trans>Read to me</Trans>}
    </Button>
  )
}

function stopReading(): void {
  if ('speechSynthesis' in globalThis) speechSynthesis.cancel()
}
