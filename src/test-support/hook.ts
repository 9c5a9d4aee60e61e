import { createElement } from 'react'
import { renderToString } from 'react-dom/server'

function Screen({ look }: Readonly<{ look: () => void }>) {
  look()
  return null
}

/** What a hook gives a screen that has just opened: without a browser each call is like a reload. */
export function openHook<T>(hook: () => T): T {
  const given: T[] = []
  renderToString(createElement(Screen, { look: () => void given.push(hook()) }))
  const [value] = given
  if (value === undefined) throw new Error('The hook gave nothing')
  return value
}
