import { useEffect, useRef, useState } from 'react'
import { type Sentence, sentencesIn } from './sentences-in.ts'

type Reading =
  | Readonly<{ state: 'still' | 'starting' | 'no-voice' }>
  | Readonly<{ state: 'reading' | 'paused'; sentence: string; at: number; of: number }>

type Run = { sentences: readonly Sentence[]; at: number; isOn: boolean }

const mark = 'gable-reading'
const patience = 2_000

/** Stops whatever else is read on this page: there is one voice. */
let silence: (() => void) | undefined

/**
 * Reads a page, or the part of it with this id, aloud with the device's own voice, sentence by sentence, and marks the current one. A pause is a stop
 * that remembers its sentence: the pause of the browsers does not work everywhere.
 */
export function useReadAloud(page: string, part = 'content') {
  const [reading, setReading] = useState<Reading>({ state: 'still' })
  const run = useRef<Run>({ sentences: [], at: 0, isOn: false })

  function quiet(): void {
    run.current.isOn = false
    synthesis()?.cancel()
  }

  function stop(): void {
    quiet()
    showMark(undefined)
    setReading({ state: 'still' })
  }

  function say(): void {
    const { sentences, at } = run.current
    const sentence = sentences[at]
    if (!sentence) {
      stop()
      return
    }
    run.current.isOn = true
    showMark(sentence.range)
    setReading({ state: 'reading', sentence: sentence.text, at: at + 1, of: sentences.length })
    const words = new SpeechSynthesisUtterance(sentence.text)
    words.lang = sentence.language
    const mine = run.current
    const isCurrent = () => mine === run.current && mine.isOn && mine.at === at
    words.onend = () => {
      if (!isCurrent()) return
      mine.at += 1
      say()
    }
    words.onerror = () => {
      if (!isCurrent()) return
      quiet()
      showMark(undefined)
      setReading({ state: 'no-voice' })
    }
    synthesis()?.speak(words)
  }

  async function start(): Promise<void> {
    silence?.()
    silence = stop
    const mine = { sentences: [], at: 0, isOn: false }
    run.current = mine
    setReading({ state: 'starting' })
    const hasOne = await hasVoice()
    if (run.current !== mine) return
    if (!hasOne) return setReading({ state: 'no-voice' })
    const content = document.getElementById(part)
    const found = content ? sentencesIn(content) : []
    run.current = { sentences: found, at: 0, isOn: false }
    say()
  }

  function pause(): void {
    quiet()
    setReading((now) => (now.state === 'reading' ? { ...now, state: 'paused' } : now))
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the voice stops when its page is left
  useEffect(() => {
    const leave = () => {
      run.current = { sentences: [], at: 0, isOn: false }
      stop()
    }
    globalThis.addEventListener('pagehide', leave)
    return () => {
      globalThis.removeEventListener('pagehide', leave)
      leave()
    }
  }, [page])

  return { reading, start: () => void start(), pause, goOn: say, stop }
}

const synthesis = (): SpeechSynthesis | undefined =>
  'speechSynthesis' in globalThis ? globalThis.speechSynthesis : undefined

/** Some browsers load their voices only when they are first asked for them. */
async function hasVoice(): Promise<boolean> {
  const voices = synthesis()
  if (!voices) return false
  if (voices.getVoices().length > 0) return true
  await new Promise((resolve) => {
    voices.addEventListener('voiceschanged', resolve, { once: true })
    setTimeout(resolve, patience)
  })
  return voices.getVoices().length > 0
}

/** Marks the words in place, without changing the page; a browser that cannot do that shows them in the bar alone. */
function showMark(range: Range | undefined): void {
  if (typeof CSS === 'undefined' || !('highlights' in CSS)) return
  if (!range) {
    CSS.highlights.delete(mark)
    return
  }
  CSS.highlights.set(mark, new Highlight(range))
  range.startContainer.parentElement?.scrollIntoView({ block: 'nearest' })
}
