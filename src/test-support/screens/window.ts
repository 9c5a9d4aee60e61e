import { environmentManager } from '@tanstack/react-query'
import { Window } from 'happy-dom'
import { afterAll } from 'vitest'

/**
 * A window for the pages of one file, on the globals of Node: what both have stays Node's own, because the handler
 * answers with it (`fetch`, `Request`, `AbortSignal`, streams …). `each-file.ts` opens it before React is loaded. One
 * window serves all files of a worker; after each file its globals are removed again.
 */
const fromWindow = [
  'navigator',
  'Event',
  'EventTarget',
  'CustomEvent',
  'localStorage',
  'sessionStorage',
  'dispatchEvent',
  'addEventListener',
  'removeEventListener',
]

const here = globalThis as typeof globalThis & { gableWindow?: Window }
here.gableWindow ??= new Window({ url: 'http://gable.test/', width: 1280, height: 900 })
const page = here.gableWindow

// React checks this; without it React sees what was typed only when the field is left
if (!('oninput' in page.document)) Object.assign(page.document, { oninput: null })

const before = new Map<string, PropertyDescriptor | undefined>()
for (const name of namesOf(page)) {
  if (name in globalThis && !fromWindow.includes(name)) continue
  before.set(name, Object.getOwnPropertyDescriptor(globalThis, name))
  Object.defineProperty(globalThis, name, {
    value: taken(name),
    configurable: true,
    writable: true,
  })
}
// it has stored for good that the worker started without a window
environmentManager.setIsServer(() => false)

afterAll(() => {
  page.document.body.innerHTML = ''
  page.document.head.innerHTML = ''
  page.localStorage.clear()
  page.sessionStorage.clear()
  for (const [name, descriptor] of before)
    if (descriptor) Object.defineProperty(globalThis, name, descriptor)
    else delete (globalThis as Record<string, unknown>)[name]
  environmentManager.setIsServer(() => true)
})

function namesOf(of: object): string[] {
  const names = new Set<string>()
  for (let each = of; each && each !== Object.prototype; each = Object.getPrototypeOf(each))
    for (const name of Object.getOwnPropertyNames(each)) if (/^[a-zA-Z]/.test(name)) names.add(name)
  return [...names].filter((name) => name !== 'constructor')
}

function taken(name: string): unknown {
  const value = (page as unknown as Record<string, unknown>)[name]
  const isMethod = typeof value === 'function' && !/^[A-Z]/.test(name)
  return isMethod ? value.bind(page) : value
}
