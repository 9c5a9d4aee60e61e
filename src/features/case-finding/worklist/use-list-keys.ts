import { useEffect, useRef } from 'react'
import { useListKeysSetting } from './use-list-keys-setting.ts'

/** What a key asks for. */
export type ListKeyAct =
  | 'next'
  | 'previous'
  | 'select'
  | 'take-on'
  | 'defer'
  | 'decline'
  | 'assign'
  | 'undo'
  | 'help'

/** Anywhere on the page, except while somebody types or a question is open. */
const anywhere: Readonly<Record<string, ListKeyAct>> = {
  j: 'next',
  k: 'previous',
  x: 'select',
  t: 'take-on',
  n: 'defer',
  d: 'decline',
  a: 'assign',
  u: 'undo',
  '?': 'help',
}
/** Only inside the list: elsewhere they scroll the page. */
const inside: Readonly<Record<string, ListKeyAct>> = { ArrowDown: 'next', ArrowUp: 'previous' }

const writes =
  'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"], dialog'

/** The keys with which a list is worked; silent while they are turned off, while somebody types and in a dialog. */
export function useListKeys(list: () => HTMLElement | null, act: (what: ListKeyAct) => void): void {
  const isOn = useListKeysSetting(({ value }) => value === 'on')
  const then = useRef({ list, act })
  then.current = { list, act }
  useEffect(() => {
    if (!isOn) return
    const listen = (event: KeyboardEvent) => {
      const what = actOf(event, then.current.list())
      if (!what) return
      event.preventDefault()
      then.current.act(what)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [isOn])
}

function actOf(event: KeyboardEvent, list: HTMLElement | null): ListKeyAct | undefined {
  const { target, key, ctrlKey, metaKey, altKey } = event
  if (ctrlKey || metaKey || altKey || event.defaultPrevented) return undefined
  if (document.querySelector('dialog[open]')) return undefined
  if (target instanceof Element && target.closest(writes)) return undefined
  const isInside = target instanceof Node && list?.contains(target) === true
  return anywhere[key] ?? (isInside ? inside[key] : undefined)
}
