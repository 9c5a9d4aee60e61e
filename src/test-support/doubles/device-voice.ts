/** The voice of a device, which says nothing and waits to be told that it has finished a sentence. */
export type DeviceVoice = Readonly<{
  /** what it was asked to say, in order */
  said: string[]
  /** it comes to the end of the sentence that it is saying */
  finish: () => void
  /** how often it was silenced */
  silenced: () => number
}>

class Utterance {
  lang = ''
  onend: (() => void) | null = null
  onerror: (() => void) | null = null
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** Gives the window a voice, or none; call the second to take it away again. */
export function giveVoice(voices = 1): readonly [DeviceVoice, () => void] {
  const said: string[] = []
  let current: Utterance | undefined
  let silenced = 0
  const synthesis = Object.assign(new EventTarget(), {
    getVoices: () => Array.from({ length: voices }, () => ({})),
    speak(utterance: Utterance) {
      current = utterance
      said.push(utterance.text)
    },
    cancel() {
      silenced += 1
      current = undefined
    },
  })
  Object.assign(globalThis, {
    speechSynthesis: synthesis,
    SpeechSynthesisUtterance: Utterance,
  })
  const take = () => {
    for (const name of ['speechSynthesis', 'SpeechSynthesisUtterance'])
      delete (globalThis as Record<string, unknown>)[name]
  }
  return [{ said, finish: () => current?.onend?.(), silenced: () => silenced }, take]
}
